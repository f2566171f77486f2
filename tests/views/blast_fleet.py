"""Fleets for the blast radius: skewed groups, tags and devices, and failures to put into them."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from itertools import accumulate
from random import Random

from simtui.models import (
    IpLease,
    IpPool,
    IpProfile,
    Location,
    Network,
    SessionSummary,
    Thing,
    ThingsGroup,
)
from simtui.views.blast.look import Blast, Look
from simtui.views.blast.question import Question
from simtui.views.filter.parser import parse
from simtui.views.fleet_context import FleetContext
from simtui.views.fleet_index import FleetIndex

NOW = datetime(2026, 11, 22, 3, 12, 5, tzinfo=UTC)
OUT_SINCE = NOW - timedelta(hours=3)

_GROUPS = 24
_NETWORKS = {
    f"n{n}": Network(
        f"n{n}",
        f"net-{n}",
        ip_pools=(IpPool(f"p{n}a", f"10.{n}.0.0/16"), IpPool(f"p{n}b", f"10.{n + 100}.0.0/16"))[
            : 1 + n % 2
        ],
    )
    for n in range(6)
}
CONTEXT = FleetContext(
    NOW,
    groups={
        f"g{n}": ThingsGroup(
            f"g{n}", f"group-{n}", network_id=f"n{n % 6}", ip_profile_id=f"f{n % 5}"
        )
        for n in range(_GROUPS)
    },
    networks=_NETWORKS,
    ip_profiles={f"f{n}": IpProfile(f"f{n}", f"profile-{n}") for n in range(5)},
)
"""Group 23 is the only one of a network of its own below; networks 1, 3 and 5 have two pools."""
CONTEXT.groups["g23"] = ThingsGroup("g23", "group-23", network_id="n9", ip_profile_id="f0")  # type: ignore[index]
CONTEXT.networks["n9"] = Network("n9", "net-9", ip_pools=(IpPool("p9a", "10.9.0.0/16"),))  # type: ignore[index]

_OPERATORS = (("204", "08"), ("206", "01"), ("206", "10"), ("206", "20"), ("270", "01"))
_SHARES = tuple(accumulate(1 / (rank + 1) for rank in range(60)))
"""Zipf: the first value is as common as the second and third together."""


def healthy_fleet(count: int, seed: int = 1) -> list[Thing]:
    """ACTIVE Things, all online, of which some places, devices and pools are not known."""
    random = Random(seed)
    return [_thing(number, random) for number in range(count)]


def _pick(random: Random, of: int) -> int:
    return random.choices(range(of), cum_weights=_SHARES[:of])[0]


def _thing(number: int, random: Random) -> Thing:
    group = _pick(random, _GROUPS)
    network = CONTEXT.groups[f"g{group}"].network_id or ""
    pools = CONTEXT.networks[network].ip_pools
    mcc, mnc = _OPERATORS[_pick(random, 5)]
    heard = NOW - timedelta(seconds=random.randrange(600))
    is_lte = random.random() < 0.8
    place = Location(heard, mcc, mnc, lac=None if is_lte else "7", tac="9" if is_lte else None)
    tags = tuple({f"tag-{_pick(random, 60)}" for _ in range(random.randrange(4))})
    return Thing(
        f"t{number}",
        f"89310862{number:011}",
        "ACTIVE",
        name=f"thing-{number}",
        things_group_id=f"g{group}",
        tags=tags,
        allowed_services=("DATA",),
        ip=IpLease(f"10.{group}.{number % 250}.1", random.choice(pools).ip_pool_id),
        imei=None if random.random() < 0.03 else f"{35000000 + _pick(random, 40)}1234567",
        last_seen_at=heard,
        session=SessionSummary("ONLINE", heard, NOW),
        last_location=None if random.random() < 0.05 else place,
    )


def out(thing: Thing, since: datetime = OUT_SINCE, *, keeps_address: bool = False) -> Thing:
    """The same Thing, offline for hours; its lease has run out."""
    ip = thing.ip if keeps_address else IpLease()
    return replace(thing, session=SessionSummary("OFFLINE", since, NOW), last_seen_at=since, ip=ip)


def with_outage(
    fleet: Iterable[Thing],
    hit: Callable[[Thing], bool],
    *,
    part: float = 0.93,
    noise: float = 0.004,
    seed: int = 5,
) -> list[Thing]:
    """Most of those that are hit are out, and a few of the others, since any time."""
    random = Random(seed)
    struck = []
    for thing in fleet:
        is_hit = hit(thing)
        if random.random() < (part if is_hit else noise):
            days = timedelta() if is_hit else timedelta(hours=random.uniform(0, 400))
            thing = out(thing, OUT_SINCE - days + timedelta(seconds=random.randrange(60)))
        struck.append(thing)
    return struck


def look(fleet: Iterable[Thing], filter_text: str = "", marked: Iterable[str] = ()) -> Blast:
    """One whole look."""
    question = Question(parse(filter_text), frozenset(marked))
    return Look(FleetIndex(fleet), CONTEXT, question).finish()
