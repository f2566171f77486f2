"""What each scenario has to come to, and finding it out without a screen."""

from __future__ import annotations

from contextlib import suppress
from typing import NamedTuple

from simtui.errors import SimtuiError
from simtui.models import Thing
from simtui.sandbox.scenarios.scenario import Truth
from simtui.store.queries import FleetQuery, GroupsQuery, IpProfilesQuery, NetworksQuery
from simtui.store.store import Store
from simtui.store.why_queries import further_questions, questions_of_thing
from simtui.views.fleet_context import FleetContext
from simtui.views.why.around import Tally, moment_to_compare
from simtui.views.why.diagnose import Diagnosis, diagnose
from simtui.views.why.evidence import Fact
from simtui.views.why.gather import gather
from simtui.views.why.rung import RungName
from tests.ui.app_bench import Bench

THINGS = 600
"""A fleet in which every scenario finds its Thing."""


class Expected(NamedTuple):
    """What the ladder comes to: how it ends, the rung it names, and words of the sentence."""

    conclusion: str
    rung: str | None
    words: str


EXPECTED = {
    Truth.NOTHING: Expected("WELL", None, "Nothing is wrong"),
    Truth.LIFECYCLE: Expected("CAUSE", RungName.LIFECYCLE, "suspended 3h ago by daan@example.com"),
    Truth.SERVICES: Expected("CAUSE", RungName.SERVICES, "data is not allowed"),
    Truth.DATA_LIMIT: Expected("CAUSE", RungName.SERVICES, "data limit of"),
    Truth.IMEI_LOCK: Expected("CAUSE", RungName.IMEI, "IMEI lock does not allow"),
    Truth.IP_POOL: Expected("CAUSE", RungName.ADDRESS, "pools of network charging are exhausted"),
    Truth.FIREWALL: Expected("CAUSE", RungName.PATH, "rule 1 of IP profile scada says DROP"),
    Truth.TUNNEL: Expected("CAUSE", RungName.PATH, "tunnel scada-zwolle is DOWN"),
    Truth.COVERAGE: Expected("CAUSE", RungName.COVERAGE, "outside the coverage: last in DE 262"),
    Truth.OPERATOR: Expected("CAUSE", RungName.MANY, "an outage of operator"),
    Truth.SITE: Expected("CAUSE", RungName.MANY, "something that Things of group south-yard share"),
    Truth.DEVICE: Expected("DEVICE", None, "Likely the device itself"),
    Truth.NOT_TOLD: Expected("UNKNOWN", None, "Don't know"),
}


def comes_to(diagnosis: Diagnosis) -> Expected:
    """How a diagnosis ends, to be compared with what was expected."""
    named = diagnosis.named.name if diagnosis.named is not None else None
    return Expected(diagnosis.conclusion, named, diagnosis.sentence)


def assert_right(diagnosis: Diagnosis, truth: str) -> None:
    """It has found the truth, and claims no more than it knows."""
    expected, found = EXPECTED[truth], comes_to(diagnosis)
    assert found[:2] == expected[:2], diagnosis.sentence
    assert expected.words in found.words


async def find_out(bench: Bench, thing_id: str) -> tuple[Thing, Diagnosis, FleetContext]:
    """Ask the API of a bench everything, and climb the ladder."""
    store = Store(clock=bench.clock, sleep=bench.clock.sleep)
    store.connect(await bench.open_client())
    try:
        return await _find_out(store, bench, thing_id)
    finally:
        await store.close()


async def _find_out(
    store: Store, bench: Bench, thing_id: str
) -> tuple[Thing, Diagnosis, FleetContext]:
    fleet = await store.fetch(FleetQuery())
    groups = await store.fetch(GroupsQuery())
    networks = await store.fetch(NetworksQuery())
    profiles = await store.fetch(IpProfilesQuery())
    context = FleetContext(
        bench.clock.now(),
        {one.things_group_id: one for one in groups},
        {one.network_id: one for one in networks},
        {one.ip_profile_id: one for one in profiles},
    )
    thing = fleet.things[thing_id]
    network = context.network_of(thing)
    questions = {
        **questions_of_thing(thing_id),
        **further_questions(thing, network.network_id if network else None),
        "networks": NetworksQuery(),
        "profiles": IpProfilesQuery(),
    }
    answers = {}
    for name, query in questions.items():
        with suppress(SimtuiError):
            await store.fetch(query)
        answers[name] = store.entry(query)
    around = Fact(missing="since when is not told")
    if (since := moment_to_compare(thing)) is not None:
        tally = Tally(thing, since, context)
        tally.add(fleet.things.values())
        around = Fact(tally.around, context.now, "")
    return thing, diagnose(gather(thing, context, answers, (), around)), context
