"""A user in its form, and one that is switched off or on."""

from __future__ import annotations

from simtui.errors import UsageError
from simtui.models import UserStatus
from simtui.models.config_change import ConfigChange, Kind, Ref
from simtui.models.permission_level import known_levels, level_named
from simtui.models.settings import Settings, UserSettings, settings_of
from simtui.store.queries import AccountQuery, PermissionLevelsQuery, UsersQuery
from simtui.ui.configuring.edits import gone
from simtui.ui.configuring.form_edit import FormEdit, SavePlan
from simtui.ui.configuring.own_user import own_user
from simtui.ui.fleet_feed import FleetFeed
from simtui.views.cell import Cell
from simtui.views.config.names import title_of
from simtui.views.forms.field import Form
from simtui.views.forms.user_form import user_form
from simtui.views.users.level_words import level_sentences
from simtui.views.users.lockout import STATUS_FIELD, users_as_set


async def user_edit(feed: FleetFeed, ref: Ref) -> FormEdit[UserSettings]:
    """The user as the server has them now, or an invitation.

    Raises:
        NotFound: when they are not there any more.
        UsageError: when the account cannot have more users.
        SimtuiError: when the users cannot be read.
    """
    store = feed.store
    users = await store.fetch(UsersQuery())
    user = next((one for one in users if one.user_id == ref.object_id), None)
    if ref.object_id and user is None:
        raise gone("The user")
    if user is None:
        _check_limit(feed, len(users))
    levels = known_levels(store.entry(PermissionLevelsQuery()).value)
    settable, own_id = users_as_set(users), own_user(store)

    def form_of(shown: Settings | None) -> Form[UserSettings]:
        settings = shown if isinstance(shown, UserSettings) else None
        return user_form(settings, ref.object_id, settable, levels, own_id)

    def plan_of(wanted: UserSettings, before: Settings | None, version: int) -> SavePlan:
        was = before if isinstance(before, UserSettings) else None
        title = title_of(ref, was.email if was else wanted.email)
        known = tuple(one.user_id for one in users)
        sentences: tuple[str, ...] = ()
        if was is None or was.permission_level != wanted.permission_level:
            sentences = level_sentences(level_named(wanted.permission_level, levels))
        return SavePlan(
            ConfigChange(ref, title, before, wanted, version, known),
            remarks=tuple(Cell(sentence, "dim") for sentence in sentences),
        )

    return FormEdit(
        ref,
        title_of(ref, user.email) if user else "new user",
        form_of,
        plan_of,
        settings_of(user) if user else None,
        user.version if user else 0,
    )


async def switched_user(feed: FleetFeed, user_id: str) -> SavePlan:
    """A user disabled, or enabled again, judged as if the form had said so.

    Raises:
        UsageError: when that would lock everybody out.
        SimtuiError: when the users cannot be read, or this one is gone.
    """
    edit = await user_edit(feed, Ref(Kind.USER, user_id))
    answers = {field.name: field.value for field in edit.form.fields}
    is_disabled = answers.get(STATUS_FIELD) == UserStatus.DISABLED
    answers[STATUS_FIELD] = UserStatus.ACTIVE if is_disabled else UserStatus.DISABLED
    return edit.read(answers)


def _check_limit(feed: FleetFeed, count: int) -> None:
    account = feed.store.entry(AccountQuery()).value
    limit = account.limits.get("users") if account is not None else None
    if limit is not None and count >= limit:
        raise UsageError(
            f"The account has {count} of {limit} users",
            "It cannot have more",
            "Delete one that is not needed any more, or ask KPN for an extension",
        )
