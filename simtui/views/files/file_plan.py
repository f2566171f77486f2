"""Files and an account to the plan of what would be done, or to every mistake in the files."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime

from simtui.models import Thing
from simtui.models.config_change import Kind
from simtui.views.config.names import name_of, title_of
from simtui.views.files.check import checked
from simtui.views.files.configuration import Configuration
from simtui.views.files.distinct import refuse_double_names, refuse_unknown_items
from simtui.views.files.identify import identified
from simtui.views.files.intended import Intended
from simtui.views.files.mistakes import Mistakes
from simtui.views.files.read_documents import read_documents
from simtui.views.files.resolve import resolved, unknown_things
from simtui.views.files.steps import Step, steps_of
from simtui.views.fleet_context import FleetContext
from simtui.views.plan.wording import named, thing_name


@dataclass(frozen=True, slots=True)
class FilePlan:
    """What would be done, in order.

    ``only`` are the titles of what only the account has and stays; ``names`` are readable
    names by id. All of it is safe to print. ``context`` is the account as it is now.
    """

    steps: tuple[Step, ...] = ()
    only: tuple[str, ...] = ()
    names: Mapping[str, str] = field(default_factory=dict)
    context: FleetContext | None = None


def read_intent(
    files: Mapping[str, bytes],
    folders: frozenset[str],
    configuration: Configuration,
    *,
    prune: bool,
) -> Intended:
    """What the files of a directory mean in this account; names are still names.

    Raises:
        UsageError: with a note for every mistake in their form, their ids and their names.
    """
    mistakes = Mistakes()
    documents = read_documents(files, folders, mistakes)
    mistakes.refuse()
    intended = identified(documents, configuration, mistakes, prune=prune)
    refuse_double_names(intended, mistakes)
    refuse_unknown_items(intended, mistakes)
    mistakes.refuse()
    return intended


def things_to_find(intended: Intended) -> set[str]:
    """The Things that NAT rules name and that the configuration does not have yet."""
    return unknown_things(intended)


def plan_of(intended: Intended, found: Mapping[str, Thing], now: datetime) -> FilePlan:
    """The plan. ``found`` are more Things by their ids; ``now`` is aware.

    Raises:
        UsageError: with a note for everything that names what is not there, or that the rules
            of the API do not allow.
    """
    things = {**intended.configuration.things, **found}
    configuration = replace(intended.configuration, things=things)
    mistakes = Mistakes()
    intended = resolved(replace(intended, configuration=configuration), mistakes)
    mistakes.refuse()
    intended = checked(intended, mistakes, now)
    mistakes.refuse()
    return FilePlan(
        steps_of(intended), tuple(_only(intended)), _names(intended), _context(configuration, now)
    )


def _context(configuration: Configuration, now: datetime) -> FleetContext:
    return FleetContext(
        now,
        {one.things_group_id: one for one in configuration.groups},
        {one.network_id: one for one in configuration.networks},
        {one.ip_profile_id: one for one in configuration.profiles},
    )


def _only(intended: Intended) -> list[str]:
    titles = []
    for other in intended.others:
        if other.listed:
            ref = other.ref
            inside = intended.name(Kind.NETWORK, ref.parent_id) if ref.parent_id else ""
            name = name_of(other.held.settings) or ref.object_id
            titles.append(title_of(ref, name, inside))
    return titles


def _names(intended: Intended) -> dict[str, str]:
    """Names of what settings refer to: groups, networks, profiles, tunnels and Things."""
    found = {one.ref.object_id: name_of(one.settings) for one in intended.meant}
    found |= {one.ref.object_id: name_of(one.held.settings) for one in intended.others}
    names = {identity: named(name) for identity, name in found.items() if identity and name}
    things = intended.configuration.things
    return names | {identity: thing_name(thing) for identity, thing in things.items()}
