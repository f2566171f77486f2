"""Who else fell silent: counts that tell a coincidence from an outage."""

from __future__ import annotations

from datetime import datetime, timedelta

from simtui.models import Location, SessionSummary
from simtui.views.fleet_context import FleetContext
from simtui.views.why.around import Count, Scope, Tally, moment_to_compare, silent_since
from tests.views.conftest import ThingMaker


def fallen(make: ThingMaker, now: datetime, minutes: float, number: int = 0, **fields):
    since = now - timedelta(minutes=minutes)
    return make(
        f"t{number}",
        things_group_id="g1",
        session=SessionSummary("OFFLINE", since, now),
        last_seen_at=since,
        **{"last_location": Location(mcc="206", mnc="01")} | fields,
    )


def online(make: ThingMaker, now: datetime, number: int, **fields):
    return make(
        f"o{number}",
        things_group_id="g1",
        session=SessionSummary("ONLINE", now - timedelta(days=1), now),
        last_seen_at=now,
        **{"last_location": Location(mcc="206", mnc="01")} | fields,
    )


def test_what_is_off_anyway_is_not_counted(
    make_thing: ThingMaker, now: datetime, context: FleetContext
) -> None:
    own = fallen(make_thing, now, 60)
    tally = Tally(own, now - timedelta(minutes=60), context)
    tally.add(
        [
            own,
            fallen(make_thing, now, 60, 1, state="SUSPENDED"),
            fallen(make_thing, now, 600, 2),
            make_thing("t3", things_group_id="g1"),
            online(make_thing, now, 4),
        ]
    )
    assert tally.around.count(Scope.GROUP) == Count(fell=1, stayed=1, usual=0)


def test_what_fell_silent_shortly_before_or_after_shows_what_is_usual(
    make_thing: ThingMaker, now: datetime, context: FleetContext
) -> None:
    own = fallen(make_thing, now, 60)
    tally = Tally(own, now - timedelta(minutes=60), context)
    tally.add(fallen(make_thing, now, minutes, minutes) for minutes in (56, 64, 50, 70, 82, 90))
    count = tally.around.count(Scope.OPERATOR)
    assert (count.fell, count.usual) == (2, 3 / 4)
    assert count.stayed == 1, "heard of after it"


def test_what_is_still_to_come_is_not_taken_for_quiet(
    make_thing: ThingMaker, now: datetime, context: FleetContext
) -> None:
    own = fallen(make_thing, now, 0)
    tally = Tally(own, now, context)
    tally.add(fallen(make_thing, now, minutes, minutes) for minutes in (0, 6, 11, 16, 21))
    count = tally.around.count(Scope.FLEET)
    assert (count.fell, count.usual) == (1, 1.0), "four in the twenty minutes before"


def test_only_what_is_shared_is_counted(
    make_thing: ThingMaker, now: datetime, context: FleetContext
) -> None:
    own = fallen(make_thing, now, 60)
    tally = Tally(own, now - timedelta(minutes=60), context)
    tally.add(
        [
            fallen(make_thing, now, 60, 1, last_location=Location(mcc="206", mnc="10")),
            fallen(make_thing, now, 60, 2, last_location=Location(mcc="204", mnc="08")),
            fallen(make_thing, now, 60, 3, last_location=None),
        ]
    )
    around = tally.around
    fell = {scope: around.count(scope).fell for scope in Scope.ALL}
    assert fell == {"fleet": 3, "country": 1, "operator": 0, "network": 3, "group": 3}


def test_a_few_or_a_usual_number_is_no_outage() -> None:
    assert not Count(fell=4, stayed=0).together
    assert Count(fell=5, stayed=0).together
    assert not Count(fell=20, stayed=5, usual=10).together
    assert Count(fell=40, stayed=5, usual=10).together
    assert not Count(fell=120, stayed=5, usual=50).together
    assert Count(fell=4, stayed=1).share == 0.8
    assert Count().share == 0.0


def test_since_when_it_is_silent(make_thing: ThingMaker, now: datetime) -> None:
    attached = make_thing(session=SessionSummary("ATTACHED", now, now))
    assert silent_since(attached) is None
    assert moment_to_compare(attached) == now
    assert moment_to_compare(make_thing()) is None
