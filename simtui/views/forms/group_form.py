"""A Things Group as a form (contract §3.3)."""

from __future__ import annotations

from simtui.errors import UsageError
from simtui.models import IpProfile
from simtui.models.settings import GroupSettings
from simtui.views.fields.text import parse_description, parse_name
from simtui.views.fleet_context import FleetContext
from simtui.views.forms.entry import Entry, text_entry
from simtui.views.forms.field import Answers, Form
from simtui.views.forms.options import Known, Options, by_name, choice_entry
from simtui.views.plan.wording import named, plural, things_text


def group_form(
    settings: GroupSettings | None,
    context: FleetContext,
    own_id: str = "",
    default_network_id: str = "",
    default_profile_id: str = "",
) -> Form[GroupSettings]:
    """The group ``own_id`` as it is, or a new one on the given network and IP profile."""
    start = settings or GroupSettings("", "", default_network_id, default_profile_id)

    def parse_free_name(text: str) -> str:
        return _free_name(parse_name(text), context, own_id)

    name = text_entry(
        "name", "Name", parse_free_name, settings.name if settings else None, example="depot-7"
    )
    network = _chosen("network", "Network", _networks(context), start.network_id)
    profile = _chosen("ip_profile", "IP profile", _profiles(context), start.ip_profile_id)
    description = text_entry("description", "Description", parse_description, start.description)

    def read(answers: Answers) -> GroupSettings:
        return GroupSettings(
            name.read(answers),
            description.read(answers),
            network.read(answers),
            profile.read(answers),
        )

    title = f"Group {named(settings.name)}" if settings else "New group"
    return Form(title, (name.field, network.field, profile.field, description.field), read)


def _free_name(name: str, context: FleetContext, own_id: str) -> str:
    """The name, if no other group has it in any case."""
    for group_id, group in context.groups.items():
        if group_id != own_id and group.name.casefold() == name.casefold():
            raise UsageError(
                f"There is a group {named(group.name)} already",
                "The name of a group is its own; case does not tell names apart",
                "Choose another name",
            )
    return name


def _chosen(name: str, label: str, options: Options[str], object_id: str) -> Entry[str]:
    """By name, with what is chosen now, even while its name is not known."""
    if not object_id:
        return choice_entry(name, label, options)
    known = options.including(object_id, object_id)
    return choice_entry(name, label, known, known.text_of(object_id))


def _networks(context: FleetContext) -> Options[str]:
    networks = context.networks.items()
    return by_name(
        "network",
        (
            Known(key, one.name, _told(_pools(len(one.ip_pools)), one.thing_count))
            for key, one in networks
        ),
    )


def _profiles(context: FleetContext) -> Options[str]:
    profiles = context.ip_profiles.items()
    return by_name("IP profile", (Known(key, one.name, _rules(one)) for key, one in profiles))


def _rules(profile: IpProfile) -> str:
    counts = ((len(profile.inbound), "in"), (len(profile.outbound), "out"))
    return ", ".join(f"{count} {plural(count, 'rule', 'rules')} {way}" for count, way in counts)


def _pools(count: int) -> str:
    return f"{count} {plural(count, 'pool', 'pools')}" if count else "no pools"


def _told(pools: str, things: int | None) -> str:
    return pools if things is None else f"{things_text(things)}, {pools}"
