"""A Things Group in its form."""

from __future__ import annotations

from simtui.errors import SimtuiError
from simtui.models import NatRule
from simtui.models.config_change import ConfigChange, Ref
from simtui.models.settings import GroupSettings, Settings, settings_of
from simtui.store.queries import NatRulesQuery
from simtui.ui.configuring.edits import gone
from simtui.ui.configuring.form_edit import FormEdit, SavePlan
from simtui.ui.fleet_feed import FleetFeed
from simtui.views.config.names import names_of, title_of
from simtui.views.forms.field import Form
from simtui.views.forms.group_form import group_form
from simtui.views.group.repoint import repoint_remarks


async def group_edit(feed: FleetFeed, ref: Ref) -> FormEdit[GroupSettings]:
    """The group as it is, or a new one on the default group's network and IP profile.

    Raises:
        NotFound: when it is not there any more.
    """
    groups = feed.context.groups
    group = groups.get(ref.object_id)
    if ref.object_id and group is None:
        raise gone("The group")
    default = next((one for one in groups.values() if one.is_default), None)
    nat_rules = await _nat_rules(feed, group.network_id if group else None)

    def form_of(shown: Settings | None) -> Form[GroupSettings]:
        return group_form(
            shown if isinstance(shown, GroupSettings) else None,
            feed.context,
            ref.object_id,
            (default and default.network_id) or "",
            (default and default.ip_profile_id) or "",
        )

    def plan_of(wanted: GroupSettings, before: Settings | None, version: int) -> SavePlan:
        title = title_of(ref, before.name if isinstance(before, GroupSettings) else wanted.name)
        known = tuple(feed.context.groups)
        things = (one for one in feed.index if one.things_group_id == ref.object_id)
        was = before if isinstance(before, GroupSettings) else None
        return SavePlan(
            ConfigChange(ref, title, before, wanted, version, known),
            remarks=repoint_remarks(was, wanted, things, nat_rules, feed.context),
            names=names_of(feed.context),
        )

    return FormEdit(
        ref,
        title_of(ref, group.name) if group else "new group",
        form_of,
        plan_of,
        settings_of(group) if group else None,
        group.version if group else 0,
    )


async def _nat_rules(feed: FleetFeed, network_id: str | None) -> tuple[NatRule, ...]:
    """The port forwardings that a re-pointed group would leave behind, when they can be had."""
    if not network_id:
        return ()
    try:
        return await feed.store.fetch(NatRulesQuery(network_id))
    except SimtuiError:
        return ()  # the form is about the group, and does without
