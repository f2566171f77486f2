"""An IP profile in its form: name and description; its chains have an editor of their own."""

from __future__ import annotations

from simtui.models.config_change import ConfigChange, Ref
from simtui.models.settings import ProfileSettings, Settings, settings_of
from simtui.ui.configuring.edits import gone
from simtui.ui.configuring.form_edit import FormEdit, SavePlan
from simtui.ui.fleet_feed import FleetFeed
from simtui.views.config.names import title_of
from simtui.views.forms.field import Form
from simtui.views.forms.profile_form import profile_form


async def profile_edit(feed: FleetFeed, ref: Ref) -> FormEdit[ProfileSettings]:
    """The profile as it is, or a new one.

    Raises:
        NotFound: when it is not there any more.
    """
    profiles = feed.context.ip_profiles
    profile = profiles.get(ref.object_id)
    if ref.object_id and profile is None:
        raise gone("The IP profile")

    def form_of(shown: Settings | None) -> Form[ProfileSettings]:
        return profile_form(shown if isinstance(shown, ProfileSettings) else None)

    def plan_of(wanted: ProfileSettings, before: Settings | None, version: int) -> SavePlan:
        title = title_of(ref, wanted.name)
        return SavePlan(ConfigChange(ref, title, before, wanted, version, tuple(profiles)))

    return FormEdit(
        ref,
        title_of(ref, profile.name) if profile else "new IP profile",
        form_of,
        plan_of,
        settings_of(profile) if profile else None,
        profile.version if profile else 0,
    )
