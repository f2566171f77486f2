"""How many requests it takes to see how Things are, and when it is better not to ask."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

import pytest

from simtui.models import Sms, Thing
from simtui.models.runbook import RunThing
from simtui.store.entry import Entry
from simtui.store.queries import FleetQuery, WindowQuery
from simtui.ui.runbook.looking import is_hurried, messages_now, things_now


@dataclass
class Fleet:
    things: dict[str, Thing]

    def __len__(self) -> int:
        return len(self.things)


@dataclass
class Quota:
    share: float | None


@dataclass
class FakeStore:
    count: int
    quota: Quota | None = None
    asked: list[Any] = field(default_factory=list)

    @property
    def fleet(self) -> Fleet:
        return Fleet({f"t_{n}": Thing(f"t_{n}", f"89{n}", "ACTIVE") for n in range(self.count)})

    def entry(self, query: FleetQuery) -> Entry[Fleet]:
        return Entry(self.fleet if self.count else None)

    async def fetch(self, query: Any) -> Any:
        self.asked.append(query)
        if isinstance(query, FleetQuery):
            return self.fleet
        if isinstance(query, WindowQuery):
            return tuple(Thing(f"t_{iccid[2:]}", iccid, "ACTIVE") for iccid in query.iccids)
        return (Sms("m_1", "x", "t_1"), Sms("m_2", "x"))


def those(count: int) -> list[RunThing]:
    return [RunThing(f"t_{n}", f"89{n}") for n in range(count)]


@pytest.mark.parametrize(
    ("meant", "fleet", "kind"),
    [
        (50, 100_000, WindowQuery),
        (1000, 100_000, WindowQuery),
        (1000, 2_000, FleetQuery),
        (60, 400, WindowQuery),
        (61, 400, FleetQuery),
        (1000, 0, WindowQuery),
    ],
)
async def test_what_takes_fewer_requests_is_asked(meant: int, fleet: int, kind: type) -> None:
    store = FakeStore(fleet)
    found = await things_now(store, those(meant))  # type: ignore[arg-type]
    (query,) = store.asked
    assert isinstance(query, kind)
    assert {f"t_{n}" for n in range(meant)} <= set(found)


async def test_messages_are_found_by_their_things() -> None:
    store = FakeStore(0)
    assert set(await messages_now(store, "runbook-r1-sms-1")) == {"t_1"}  # type: ignore[arg-type]
    assert store.asked[0].reference == "runbook-r1-sms-1"


@pytest.mark.parametrize(
    ("quota", "hurried"),
    [(None, False), (Quota(None), False), (Quota(0.79), False), (Quota(0.8), True)],
)
def test_near_the_end_of_the_quota_only_what_has_to_be_asked_is(
    quota: Quota | None, hurried: bool
) -> None:
    assert is_hurried(FakeStore(0, quota)) is hurried  # type: ignore[arg-type]
