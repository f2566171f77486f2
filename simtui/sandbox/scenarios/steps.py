"""What can happen in a scenario beside the troubles that can be provoked by hand."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from itertools import chain, islice
from typing import Any, TypeAlias

from simtui.sandbox.addressing import release_address
from simtui.sandbox.faults.switchboard import Faults
from simtui.sandbox.life.habits import attach
from simtui.sandbox.life.thing_trouble import COLLEAGUE, go_silent
from simtui.sandbox.lifecycle import change_state
from simtui.sandbox.records import RuleRecord, ThingRecord
from simtui.sandbox.sessions import end_session
from simtui.sandbox.world import World


@dataclass(slots=True)
class Stage:
    """Where a scenario is played; ``struck`` are the Things that something happened to."""

    world: World
    faults: Faults
    thing: ThingRecord
    struck: list[ThingRecord] = field(default_factory=list)

    def strike(self, thing: ThingRecord, when: datetime) -> None:
        """Something is going to happen to a Thing, in a session that had begun before."""
        if thing not in self.struck:
            self.struck.append(thing)
        if thing.session is not None and thing.session.state == "ONLINE":
            thing.session.since = min(thing.session.since, when - timedelta(hours=1))


Happening: TypeAlias = Callable[[Stage, datetime, Mapping[str, Any]], None]


def _end_session(stage: Stage, when: datetime, settings: Mapping[str, Any]) -> None:
    stage.strike(stage.thing, when)
    end_session(stage.world, stage.thing, when, settings.get("reason", "NORMAL"))


def _release_address(stage: Stage, when: datetime, settings: Mapping[str, Any]) -> None:
    release_address(stage.world, stage.thing)


def _attach(stage: Stage, when: datetime, settings: Mapping[str, Any]) -> None:
    stage.strike(stage.thing, when)
    attach(stage.world, stage.thing, when)


def _suspend(stage: Stage, when: datetime, settings: Mapping[str, Any]) -> None:
    stage.strike(stage.thing, when)
    change_state(stage.world, stage.thing, "SUSPENDED", when, COLLEAGUE, settings["reason"])


def _allow_services(stage: Stage, when: datetime, settings: Mapping[str, Any]) -> None:
    stage.thing.allowed_services = settings["services"]
    stage.world.touch(stage.thing, when, COLLEAGUE)


def _add_rule(stage: Stage, when: datetime, settings: Mapping[str, Any]) -> None:
    """A colleague puts a rule before all others of the chain from the Thing."""
    world = stage.world
    profile = world.ip_profiles[world.groups[stage.thing.group_id].ip_profile_id]
    profile.outbound.insert(0, RuleRecord(world.new_id("r"), **settings))
    profile.version += 1
    profile.modified_by = COLLEAGUE


def _silence_operator(stage: Stage, when: datetime, settings: Mapping[str, Any]) -> None:
    """Every Thing on the operator of the Thing falls silent."""
    session = stage.thing.session
    if session is not None:
        operator = (session.mcc, session.mnc)
        things = _talking(stage.world)
        on_it = (one for one in things if (one.session.mcc, one.session.mnc) == operator)
        _silence(stage, on_it, when)


def _silence_group(stage: Stage, when: datetime, settings: Mapping[str, Any]) -> None:
    """The Thing and some others of its group that are on fall silent."""
    others = (
        one
        for one in _talking(stage.world)
        if one.group_id == stage.thing.group_id
        and one is not stage.thing
        and one.session.state == "ONLINE"
    )
    _silence(stage, islice(chain([stage.thing], others), settings["most"]), when)


def _talking(world: World) -> Iterable[Any]:
    return [
        one
        for one in world.things.values()
        if one.state == "ACTIVE" and one.session is not None and not one.silent
    ]


def _silence(stage: Stage, things: Iterable[ThingRecord], when: datetime) -> None:
    """What they did after ``when`` has not happened."""
    for thing in list(things):
        stage.strike(thing, when)
        go_silent(stage.world, thing, when)
        thing.last_seen_at = min(thing.last_seen_at or when, when)
        if thing.session is not None:
            thing.session.since = min(thing.session.since, when)


def _fault(stage: Stage, when: datetime, settings: Mapping[str, Any]) -> None:
    rest = {name: value for name, value in settings.items() if name != "name"}
    stage.faults.switch_on(settings["name"], rest)


STEPS: Mapping[str, Happening] = {
    "end-session": _end_session,
    "release-address": _release_address,
    "attach": _attach,
    "suspend": _suspend,
    "allow-services": _allow_services,
    "add-rule": _add_rule,
    "silence-operator": _silence_operator,
    "silence-group": _silence_group,
    "fault": _fault,
}
"""What happens, by the name of the step."""
