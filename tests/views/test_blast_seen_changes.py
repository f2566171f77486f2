"""What the local history adds to the changes before an outage."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from simtui.models import IpProfile, Network, Thing, ThingsGroup
from simtui.models.change import Change, ChangeKind
from simtui.views.blast.seen_changes import changes_of_history
from simtui.views.fleet_context import FleetContext

NOW = datetime(2026, 11, 22, 3, 0, tzinfo=UTC)
CONTEXT = FleetContext(
    NOW,
    {
        "g1": ThingsGroup("g1", "north", network_id="n1", ip_profile_id="p1"),
        "g2": ThingsGroup("g2", "south", network_id="n2", ip_profile_id="p1"),
    },
    {"n1": Network("n1", "yards"), "n2": Network("n2", "lab")},
    {"p1": IpProfile("p1", "scada")},
)


def change(kind: str, minutes: int, **told: object) -> Change:
    seen = NOW - timedelta(minutes=minutes)
    return Change(kind, str(told.pop("object_id", "x")), seen, **told)  # type: ignore[arg-type]


def test_what_others_did_and_what_tunnels_did_is_told_oldest_first() -> None:
    found = changes_of_history(
        (
            change(
                ChangeKind.TUNNEL_STATE, 5, parent_id="n1", name="hq", before="UP", after="DOWN"
            ),
            change(
                ChangeKind.STATE,
                9,
                object_id="t1",
                name="pump-1",
                before="ACTIVE",
                after="SUSPENDED",
            ),
        ),
        CONTEXT,
    )
    assert [one.source for one in found] == ["history", "history"]
    assert found[0].words == "pump-1: state active → suspended"
    assert "hq" in found[1].words and "down" in found[1].words.lower()
    assert found[0].thing_ids == {"t1"} and found[1].group_ids == {"g1"}


def test_what_was_done_from_here_is_in_the_journal_already() -> None:
    own = change(ChangeKind.CHAIN, 5, object_id="INBOUND", parent_id="p1", entry_id="e1")
    assert changes_of_history((own,), CONTEXT) == ()


def test_a_session_that_ended_is_the_silence_and_no_cause_of_it() -> None:
    ended = change(ChangeKind.SESSION, 5, object_id="t1", before="ONLINE", after="OFFLINE")
    assert changes_of_history((ended,), CONTEXT) == ()


def test_a_chain_reaches_every_group_of_its_profile() -> None:
    chain = change(ChangeKind.CHAIN, 5, object_id="INBOUND", parent_id="p1", detail="1 rule added")
    (found,) = changes_of_history((chain,), CONTEXT)
    assert found.group_ids == {"g1", "g2"}
    assert found.reaches(Thing("t9", "89", "ACTIVE", things_group_id="g2"))
    assert not found.reaches(Thing("t9", "89", "ACTIVE", things_group_id="g3"))
