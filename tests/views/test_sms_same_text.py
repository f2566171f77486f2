"""The same text to the same Thing within the hour."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from simtui.models import Sms, Thing
from simtui.models.sms import AGAIN, LONGEST_REFERENCE, reference_for
from simtui.models.sms_template import literal
from simtui.views.sms.same_text import same_lately, same_text
from simtui.views.text import UNSAFE

NOW = datetime(2026, 11, 22, 3, 12, 5, tzinfo=UTC)
PUMP = Thing("t1", "8931086200000000019", "ACTIVE", name="pump-12")
VALVE = Thing("t2", "8931086200000000027", "ACTIVE", name="valve-2")
EVIL = Thing("t3", "8931086200000000035", "ACTIVE", name="a\x1b]0;x\x07\u202e")


def sms(thing_id: str | None, text: str, minutes: float | None = 12, status: str = "DELIVERED"):
    at = None if minutes is None else NOW - timedelta(minutes=minutes)
    return Sms("sms_1", text, thing_id, status=status, submitted_at=at)


@pytest.mark.parametrize(
    ("text", "sent", "found"),
    [
        ("RESET", [], {}),
        ("RESET", [sms("t1", "RESET")], {"t1": 12}),
        ("RESET", [sms("t1", "RESET", 30), sms("t1", "RESET", 5), sms("t1", "RESET", 9)],
         {"t1": 5}),
        ("RESET", [sms("t1", "RESET"), sms("t2", "RESET", 1)], {"t1": 12, "t2": 1}),
        ("RESET", [sms("t9", "RESET"), sms(None, "RESET"), sms("t1", "reset")], {}),
        ("RESET", [sms("t1", "RESET "), sms("t2", "RESET\n")], {}),
        ("RESET", [sms("t1", "RESET", None)], {}),
        # what is filled in is what counts
        ("SET {name}", [sms("t1", "SET pump-12"), sms("t2", "SET pump-12")], {"t1": 12}),
        ("SET {name}", [sms("t1", "SET {name}")], {}),
        (literal("SET {name}"), [sms("t1", "SET {name}")], {"t1": 12}),
    ],
)  # fmt: skip
def test_what_each_got_lately(text: str, sent: list[Sms], found: dict[str, int]) -> None:
    lately = same_lately(text, (PUMP, VALVE), sent)
    assert lately == {thing: NOW - timedelta(minutes=ago) for thing, ago in found.items()}


@pytest.mark.parametrize(
    ("status", "counts"),
    [
        *((status, True) for status in ("QUEUED", "SENT", "DELIVERED", "NEW_STATUS")),
        *((status, False) for status in ("CANCELLED", "FAILED", "EXPIRED")),
    ],
)
def test_only_what_may_have_arrived_counts(status: str, counts: bool) -> None:
    """To send again what has failed is no mistake."""
    assert bool(same_lately("RESET", (PUMP,), [sms("t1", "RESET", 5, status)])) is counts


def test_one_in_words() -> None:
    said = same_text((PUMP, VALVE), {"t1": NOW - timedelta(minutes=12)}, NOW)
    assert said == "The very same text was sent to pump-12 12m ago."


@pytest.mark.parametrize("seconds", [5, -90])
def test_a_moment_ago_and_a_clock_that_is_ahead(seconds: int) -> None:
    lately = {"t1": NOW - timedelta(seconds=seconds)}
    assert same_text((PUMP,), lately, NOW) == "The very same text was sent to pump-12 just now."


def test_several_in_words() -> None:
    lately = {"t1": NOW - timedelta(minutes=12), "t2": NOW - timedelta(minutes=3)}
    assert same_text((PUMP, VALVE), lately, NOW) == (
        "The very same text was sent to 2 Things within the last hour, the latest 3m ago:"
        " pump-12, valve-2."
    )


def test_very_many_are_not_all_named() -> None:
    many = tuple(Thing(f"t{n}", "8931", "ACTIVE", name=f"pump-{n}") for n in range(1482))
    said = same_text(many, {one.thing_id: NOW for one in many}, NOW)
    assert said.startswith("The very same text was sent to 1,482 Things within")
    assert said.endswith("the latest just now: pump-0, pump-1, pump-2, pump-3, pump-4"
                         " and 1,477 more.")  # fmt: skip


def test_names_are_safe() -> None:
    for things in ((EVIL,), (EVIL, PUMP)):
        assert not UNSAFE.search(same_text(things, {one.thing_id: NOW for one in things}, NOW))


# The message that another one repeats


def test_the_older_message_is_in_the_reference_and_read_from_it() -> None:
    reference = reference_for("0" * 32, "sms_7")
    assert reference == "0" * 32 + AGAIN + "sms_7"
    assert Sms("s", "x", client_reference=reference).again_of == "sms_7"


@pytest.mark.parametrize(("length", "fits"), [(31, True), (32, False)])
def test_an_id_that_does_not_fit_is_left_out(length: int, fits: bool) -> None:
    reference = reference_for("0" * 32, "s" * length)
    assert len(reference) <= LONGEST_REFERENCE
    assert Sms("s", "x", client_reference=reference).again_of == ("s" * length if fits else "")


@pytest.mark.parametrize("reference", [None, "", "INC-4711", "0" * 32])
def test_other_references_repeat_nothing(reference: str | None) -> None:
    assert Sms("s", "x", client_reference=reference).again_of == ""
    assert reference_for("op", "") == "op"
