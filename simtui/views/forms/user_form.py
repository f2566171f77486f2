"""A user as a form: an invitation, or somebody who is there (contract §3.10)."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace

from simtui.errors import UsageError
from simtui.models import PermissionLevel, UserStatus
from simtui.models.permission_level import level_named
from simtui.models.settings import UserSettings
from simtui.views.cell import Cell
from simtui.views.fields.email import parse_email
from simtui.views.fields.text import parse_name
from simtui.views.forms.entry import Entry, text_entry
from simtui.views.forms.field import Answers, Choice, Form
from simtui.views.forms.options import Options, choice_entry, words
from simtui.views.plan.wording import named
from simtui.views.users.level_words import LOWEST, level_sentences, short_words
from simtui.views.users.lockout import LEVEL_FIELD, STATUS_FIELD, Users, check_rights

_STATUS_NOTES = {
    UserStatus.ACTIVE: "may use the account",
    UserStatus.DISABLED: "may not; name and level are kept",
    UserStatus.INVITED: "has not logged in yet",
}


def user_form(
    shown: UserSettings | None,
    user_id: str,
    users: Users,
    levels: Sequence[PermissionLevel],
    own_id: str = "",
) -> Form[UserSettings]:
    """The user ``user_id`` with ``shown`` in the fields, or an invitation when there is none.

    ``users`` are all as they are now, ``levels`` the permission levels, the lowest first: an
    invitation begins with that one. ``own_id`` is who we are, if that is known.
    """
    start = shown or UserSettings("", "", levels[0].name if levels else "")
    now = users.get(user_id, start)

    def parse_free_email(text: str) -> str:
        return _free_email(parse_email(text), users, user_id)

    email = text_entry(
        "email",
        "E-mail",
        parse_free_email,
        shown.email if shown else None,
        example="anna@example.com",
    )
    name = text_entry(
        "name", "Name", parse_name, shown.name if shown else None, example="Anna de Vries"
    )
    level = _guarded(
        _level_entry(start.permission_level, levels),
        lambda value: check_rights(user_id, replace(now, permission_level=value), users, own_id),
    )
    status = _guarded(
        choice_entry(STATUS_FIELD, "Status", _statuses(start.status), start.status or ""),
        lambda value: check_rights(user_id, replace(now, status=value), users, own_id),
    )
    sets_status = start.status is not None

    def read(answers: Answers) -> UserSettings:
        return UserSettings(
            email.read(answers),
            name.read(answers),
            level.read(answers),
            status.read(answers) if sets_status else None,
        )

    def remarks(answers: Answers) -> Sequence[Cell]:
        chosen = level_named(answers.get(LEVEL_FIELD, "").strip(), levels)
        return [Cell(sentence, "dim") for sentence in level_sentences(chosen)]

    fields = (email.field, name.field, level.field, *((status.field,) if sets_status else ()))
    title = f"User {named(shown.email)}" if shown else "Invite a user"
    return Form(title, fields, read, remarks)


def _free_email(email: str, users: Users, own: str) -> str:
    """The address, if no other user of the account has it in any case."""
    for user_id, user in users.items():
        if user_id != own and user.email.casefold() == email.casefold():
            raise UsageError(
                f"There is a user {named(email)} already",
                f"With the level {named(user.permission_level)}"
                + (f" and the status {named(user.status)}" if user.status else ""),
                "Leave this form and press e on that user, or take another address",
            )
    return email


def _level_entry(value: str, levels: Sequence[PermissionLevel]) -> Entry[str]:
    """The levels, the lowest first and marked as such."""
    items = (
        (
            Choice(
                named(one.name), f"{LOWEST}: {short_words(one)}" if not at else short_words(one)
            ),
            one,
        )
        for at, one in enumerate(levels)
    )
    options = Options("permission level", tuple((choice, one.name) for choice, one in items))
    options = options.including(value, value) if value else options
    return choice_entry(LEVEL_FIELD, "Level", options, options.text_of(value))


def _statuses(present: str | None) -> Options[str]:
    """What can be set; what only the server sets stands there as long as it is so."""
    settable = (UserStatus.ACTIVE, UserStatus.DISABLED)
    texts = (present, *settable) if present == UserStatus.INVITED else settable
    options = words("status", *(Choice(text, _STATUS_NOTES[text]) for text in texts))
    return options.including(present, present) if present else options


def _guarded(entry: Entry[str], check: Callable[[str], None]) -> Entry[str]:
    """The entry, with a value that takes rights away refused where it is chosen."""

    def parse(text: str) -> str:
        value = entry.parse(text)
        check(value)
        return value

    return Entry(replace(entry.field, check=parse), parse)
