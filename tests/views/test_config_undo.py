"""Taking a change of the configuration back: only what it changed, on how it is now."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from simtui.models.config_change import WHOLE, ConfigChange, Kind, Ref
from simtui.models.journal import Intent, JournalEntry, Outcome, Result
from simtui.models.recorded import RecordedChange, kind_of_change, parameters_of_change
from simtui.models.settings import (
    Chain,
    GroupSettings,
    RouteTable,
    RuleSettings,
    Settings,
    UserSettings,
)
from simtui.store.journal.codec import decode, encode
from simtui.views.config.items import Item, without_id
from simtui.views.fleet_context import FleetContext
from simtui.views.journal.config_section import change_section
from simtui.views.journal.config_undo import takes_back, undo_of_change, what_stays
from simtui.views.text import UNSAFE
from tests.config_samples import (
    AFTER,
    ANY,
    BEFORE,
    CHANGES,
    NEW_RULE,
    PSK,
    REFS,
    REST,
    SSH,
    WEB,
    WITH_KEY,
    some,
)

AT = datetime(2026, 11, 22, 3, 0, tzinfo=UTC)


def entry(
    change: ConfigChange, outcome: str | None = Outcome.CONFIRMED, object_id: str | None = None
) -> JournalEntry:
    """As it is read from the disk."""
    words = ("entry_id", "who", "profile", "endpoint", "summary", "target", "request_id")
    intent = Intent(
        **dict.fromkeys((*words, "operation"), "x"),
        at=AT,
        process=1,
        kind=kind_of_change(change),
        parameters=parameters_of_change(change),
        things=(),
    )
    read = decode(encode(intent))
    assert isinstance(read, Intent)
    result = None if outcome is None else Result("x", AT, outcome, object_id=object_id)
    return JournalEntry(read, () if result is None else (result,))


def of_server(settings: Settings | None) -> Settings | None:
    """With ids for what was new."""
    if not isinstance(settings, (Chain, RouteTable)):
        return settings
    field = "rule_id" if isinstance(settings, Chain) else "route_id"
    items = [
        replace(item, **{field: getattr(item, field) or f"s_{at}"})
        for at, item in enumerate(settings.items)
    ]
    return replace(settings, items=tuple(items))


def without_new_ids(settings: Settings | None, known: Settings | None) -> Settings | None:
    """What was deleted and comes back is a new item for the server."""
    if not isinstance(settings, (Chain, RouteTable)) or not isinstance(known, (Chain, RouteTable)):
        return settings
    there: set[Item] = set(known.items)
    ids = {getattr(item, "rule_id", None) or getattr(item, "route_id", None) for item in there}
    items = [
        item
        if (getattr(item, "rule_id", None) or getattr(item, "route_id", None)) in ids
        else without_id(item)
        for item in settings.items
    ]
    return replace(settings, items=tuple(items))


# Whether it can be


@pytest.mark.parametrize("name", [name for name in CHANGES if not name.startswith("create")])
def test_what_was_done_can_be_taken_back(name: str) -> None:
    undo = undo_of_change(entry(CHANGES[name]))
    if name == "delete-tunnel":
        assert undo.made is None
        assert undo.reason.startswith("The key that the tunnel had")
    else:
        assert (undo.made, undo.reason) == (CHANGES[name], "")


@pytest.mark.parametrize("name", [name for name in CHANGES if name.startswith("create")])
def test_what_was_made_can_be_taken_back_when_its_id_is_known(name: str) -> None:
    change = CHANGES[name]
    made = undo_of_change(entry(change, object_id="x_9")).made
    assert made == replace(change, ref=replace(change.ref, object_id="x_9"))
    undo = undo_of_change(entry(change))
    assert undo.made is None
    assert undo.reason.startswith("The journal does not say which object")


@pytest.mark.parametrize(
    ("outcome", "reason"),
    [
        (Outcome.ACCEPTED, "It still runs"),
        (Outcome.UNKNOWN, "It is not known yet"),
        (None, "It is not known yet"),
        (Outcome.REFUSED, "It was not done"),
        (Outcome.FAILED, "It was not done"),
    ],
)
def test_what_was_not_done_or_may_not_be_is_not_taken_back(outcome, reason) -> None:
    undo = undo_of_change(entry(CHANGES["change-chain"], outcome))
    assert undo.made is None
    assert undo.reason.startswith(reason)


def test_a_key_comes_never_back() -> None:
    undo = undo_of_change(entry(WITH_KEY["key-only"]))
    assert undo.made is None
    assert undo.reason.startswith("The key")
    made = undo_of_change(entry(WITH_KEY["change-tunnel"])).made
    assert made == CHANGES["change-tunnel"]


def test_what_is_of_another_version_is_left_alone() -> None:
    odd = entry(CHANGES["change-chain"])
    odd = replace(odd, intent=replace(odd.intent, parameters={}))
    assert undo_of_change(odd).made is None
    assert "does not know how" in undo_of_change(odd).reason


# What takes it back


@pytest.mark.parametrize("kind", REFS)
def test_what_was_changed_is_again_as_it_was(kind: str) -> None:
    now = of_server(AFTER[kind])
    back = takes_back(CHANGES[f"change-{kind}"], now, 9)
    assert back is not None
    assert (back.before, back.version, back.verb) == (now, 9, "change")
    assert back.ref == REFS[kind]
    assert back.after == without_new_ids(BEFORE[kind], now)


@pytest.mark.parametrize("kind", [kind for kind in REFS if kind not in WHOLE])
def test_what_was_made_is_deleted_and_what_was_deleted_is_made(kind: str) -> None:
    made = replace(CHANGES[f"create-{kind}"], ref=REFS[kind])
    now = replace(AFTER[kind])
    assert takes_back(made, now, 9) == ConfigChange(REFS[kind], made.title, now, None, 9)
    assert takes_back(made, None, 0) is None
    deleted = CHANGES[f"delete-{kind}"]
    ref = replace(REFS[kind], object_id="")
    again = BEFORE[kind]
    if isinstance(again, UserSettings):  # only the server says that somebody is active
        again = replace(again, status=None)
    assert takes_back(deleted, None, 0) == ConfigChange(ref, deleted.title, None, again)
    assert takes_back(deleted, BEFORE[kind], 9) is None


def test_what_somebody_else_changed_since_stays() -> None:
    """I pointed it at another network; anna has renamed it since."""
    now = replace(AFTER[Kind.GROUP], name="by anna")
    back = takes_back(CHANGES["change-group"], now, 9)
    assert back is not None
    assert back.after == GroupSettings("by anna", "the yard", "n_1", "ip_1")


def test_when_nothing_of_it_is_left_there_is_nothing_to_do() -> None:
    assert takes_back(CHANGES["change-group"], BEFORE[Kind.GROUP], 9) is None
    assert takes_back(CHANGES["change-group"], None, 0) is None


def chain_change(before: Chain, after: Chain) -> ConfigChange:
    return replace(CHANGES["change-chain"], before=before, after=after)


def test_a_rule_that_was_added_goes_and_no_other() -> None:
    made = chain_change(Chain((SSH,)), Chain((SSH, NEW_RULE)))
    hers = RuleSettings("DROP", "ICMP", rule_id="r_8")
    now = Chain((hers, SSH, replace(NEW_RULE, rule_id="r_9")))
    back = takes_back(made, now, 9)
    assert back is not None
    assert back.after == Chain((hers, SSH))


def test_a_rule_that_was_removed_comes_back_in_its_place_as_a_new_one() -> None:
    made = chain_change(Chain((SSH, WEB, REST)), Chain((SSH, REST)))
    back = takes_back(made, Chain((replace(SSH, comment="by anna"), REST)), 9)
    assert back is not None
    assert back.after == Chain((replace(SSH, comment="by anna"), without_id(WEB), REST))


def test_a_rule_that_was_moved_goes_back() -> None:
    made = chain_change(Chain((SSH, WEB, REST)), Chain((WEB, REST, SSH)))
    back = takes_back(made, made.after, 9)
    assert back is not None
    assert back.after == made.before


def test_one_that_was_added_twice_goes_twice_and_a_third_stays() -> None:
    made = chain_change(Chain(), Chain((NEW_RULE, NEW_RULE)))
    now = Chain(tuple(replace(NEW_RULE, rule_id=f"r_{n}") for n in (7, 8, 9)))
    back = takes_back(made, now, 9)
    assert back is not None
    assert isinstance(back.after, Chain)
    assert len(back.after.items) == 1


@settings(deadline=None, max_examples=200)
@given(some.flatmap(lambda one: st.tuples(st.just(one[0]), st.just(one[1]), ANY[one[0]])))
def test_any_change_can_be_taken_back_at_once(case) -> None:
    kind, before, wanted = case
    before = of_server(before)
    made = ConfigChange(REFS[kind], "it", before, wanted, 7)
    now = of_server(wanted)
    back = takes_back(made, now, 8)
    if kind not in WHOLE:
        assert (back.after if back is not None else now) == before
        return
    result = back.after if back is not None else now
    assert isinstance(result, (Chain, RouteTable))
    assert isinstance(before, (Chain, RouteTable))
    assert sorted(map(repr, map(without_id, result.items))) == sorted(
        map(repr, map(without_id, before.items))
    )


# As its page shows it


@pytest.mark.parametrize("name", [*CHANGES, *WITH_KEY])
def test_the_page_of_a_change_has_its_lines_and_no_key(now, name: str) -> None:
    change = (CHANGES | WITH_KEY)[name]
    recorded = RecordedChange(replace(change, psk=None), change.psk is not None)
    section = change_section(recorded, FleetContext(now))
    shown = " ".join([section.title, section.note, *(cell.text for _, cell in section.rows)])
    assert section.title == "Change"
    assert PSK not in shown
    assert not UNSAFE.search(shown)
    assert bool(section.rows) is (name != "key-only")
    assert ("written down nowhere" in section.note) is (change.psk is not None)


def test_a_ref_without_ids_is_that_of_a_new_object() -> None:
    assert Ref(Kind.GROUP) == Ref(Kind.GROUP, "", "")


def test_what_was_done_with_it_and_stays_is_told() -> None:
    one, other = (entry(CHANGES[name]) for name in ("change-group", "create-nat-rule"))
    locked = replace(other.intent, entry_id="y", summary="Lock \x1b[2J the address")
    (cell,) = what_stays(one, (one, JournalEntry(locked)))
    assert cell.text == "This stays: Lock \\x1b[2J the address."
    assert what_stays(one, (one,)) == ()
