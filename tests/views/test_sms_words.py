"""Messages in words, rows and heads; whatever the server says is safe to print."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from simtui.models import SessionSummary, Sms, SmsStatus, Thing
from simtui.views.cell import Cell, Row
from simtui.views.sms.heads import batch_bar, counts_line, thing_line
from simtui.views.sms.price import Price, price_text
from simtui.views.sms.rows import (
    WIDE_FROM,
    conversation_columns,
    conversation_row,
    conversations,
    message_columns,
    message_row,
    text_cell,
    thing_cell,
)
from simtui.views.sms.words import (
    detail_text,
    progress_text,
    reason_text,
    status_cell,
    status_tone,
    status_word,
)
from simtui.views.text import UNSAFE, cell_width
from simtui.views.things.table import GAP, MARGIN

NOW = datetime(2026, 11, 22, 3, 12, 5, tzinfo=UTC)
PUMP = Thing("t1", "8931086200000000019", "ACTIVE", name="pump-12")
HOSTILE = "\x1b]52;c;aGk=\x07\u202e\ud800\n\x00=cmd\x9b\x7f"
ABSENT = "the device is not registered with any network"


def ago(**span: float) -> datetime:
    return NOW - timedelta(**span)


SMS = Sms(
    "sms_1", "SET NAME pump-12", "t1", encoding="GSM7", segments=1, submitted_at=ago(minutes=12)
)


def sms(status: str, **fields: object) -> Sms:
    return replace(SMS, status=status, **fields)


def text_of(row: Row) -> str:
    return "".join(cell.text for cell in row)


# A status


@pytest.mark.parametrize(
    ("status", "cell"),
    [
        ("QUEUED", ("◌ queued", "")),
        ("SENT", ("◍ sent", "accent")),
        ("DELIVERED", ("✓ delivered", "ok")),
        ("FAILED", ("✗ failed", "bad")),
        ("EXPIRED", ("✗ expired", "warn")),
        ("CANCELLED", ("⊘ cancelled", "dim")),
        ("RECEIVED", ("← received", "strong")),
        ("PARKED", ("? parked", "warn")),
        ("A" * 40, (f"? {'a' * 19}…", "warn")),
        ("", ("? ", "warn")),
        ("\x1b[2J", (r"? \x1b[2j", "warn")),
    ],
)
def test_every_status_has_a_sign_and_a_word(status: str, cell: tuple[str, str]) -> None:
    assert status_cell(sms(status)) == cell
    assert cell[0].endswith(status_word(status))
    assert status_tone(status) == cell[1]


def test_no_two_statuses_look_the_same() -> None:
    shown = [status_cell(sms(status)).text for status in SmsStatus.ALL]
    assert len(set(shown)) == len(shown) == 7
    assert all(cell_width(text) <= 11 for text in shown)


@pytest.mark.parametrize(
    ("code", "message", "words"),
    [
        ("ABSENT_SUBSCRIBER", "No answer", ABSENT),
        ("MEMORY_CAPACITY_EXCEEDED", None,
         "the device has no room for another message: delete some on it"),
        ("UNKNOWN_SUBSCRIBER", None, "the serving network does not know the SIM"),
        ("FACILITY_NOT_SUPPORTED", None, "the serving network cannot deliver SMS"),
        ("EQUIPMENT_PROTOCOL_ERROR", None, "the device did not answer as the protocol wants"),
        ("SYSTEM_FAILURE", None, "the serving network failed"),
        ("TELESERVICE_NOT_PROVISIONED", None, "SMS is not provisioned for this SIM"),
        ("NEW_ERROR", "Something new", "Something new"),
        ("NEW_ERROR", None, "NEW_ERROR"),
        (None, "Something new", "Something new"),
        (None, None, ""),
        ("\x1b[2J", None, r"\x1b[2J"),
    ],
)  # fmt: skip
def test_reasons_in_words(code: str | None, message: str | None, words: str) -> None:
    assert reason_text(sms("FAILED", error_code=code, error_message=message)) == words


# Its way

LATER = NOW + timedelta(hours=23, minutes=30)
WAY: list[tuple[Sms, str]] = [
    (sms("QUEUED"), "waits at the platform; x cancels it"),
    (sms("SENT"), "on its way to the device"),
    (sms("SENT", attempts=1), "on its way to the device, 1 try"),
    (sms("SENT", attempts=3, error_code="ABSENT_SUBSCRIBER", expires_at=LATER),
     "buffered until the device attaches, 3 tries, expires in 23h"),
    (sms("SENT", attempts=0, expires_at=ago(minutes=1)), "on its way to the device"),
    (sms("SENT", expires_at=NOW), "on its way to the device"),
    (sms("DELIVERED", delivered_at=ago(minutes=12) + timedelta(seconds=5)), "after 5s"),
    (sms("DELIVERED", delivered_at=ago(minutes=10)), "after 2m"),
    (sms("DELIVERED", delivered_at=ago(minutes=13)), "after 0s"),
    (sms("DELIVERED"), ""),
    (sms("DELIVERED", submitted_at=None, delivered_at=NOW), ""),
    (sms("FAILED"), ""),
    (sms("FAILED", attempts=1, error_code="SYSTEM_FAILURE"), "1 try: the serving network failed"),
    (sms("EXPIRED", attempts=12, error_code="ABSENT_SUBSCRIBER"), f"12 tries: {ABSENT}"),
    (sms("EXPIRED", error_code="ABSENT_SUBSCRIBER"), ABSENT),
    (sms("CANCELLED"), ""),
    (sms("RECEIVED", direction="MO"), ""),
    (sms("PARKED", attempts=2), ""),
]  # fmt: skip


@pytest.mark.parametrize(("message", "words"), WAY)
def test_the_way_of_a_message(message: Sms, words: str) -> None:
    assert progress_text(message, NOW) == words


def test_all_that_is_known_of_one() -> None:
    whole = sms(
        "SENT", attempts=3, error_code="ABSENT_SUBSCRIBER", expires_at=LATER, sender="OPS",
        created_by="anna@example.com", segments=2, client_reference="op~sms_0",
    )  # fmt: skip
    assert detail_text(whole, NOW) == (
        "◍ sent 12m ago: “SET NAME pump-12” Buffered until the device attaches, 3 tries, expires"
        " in 23h. 2 segments, GSM-7. From OPS. By anna@example.com. Again, after an earlier one"
        " (sms_0)."
    )
    older = sms("FAILED", submitted_at=ago(hours=2))
    assert "Again, after the one of 2h ago (sms_0)." in detail_text(whole, NOW, older)


@pytest.mark.parametrize(
    ("fields", "words"),
    [
        ({"encoding": "UCS2"}, "1 segment, UCS-2."),
        ({"encoding": None}, "1 segment."),
        ({"encoding": "8BIT\x1b"}, r"1 segment, 8BIT\x1b."),
        ({"segments": None}, "“SET NAME pump-12”"),
        ({"submitted_at": None}, "← received –: “SET NAME pump-12” 1 segment, GSM-7."),
        ({"text": ""}, "“”"),
    ],
)
def test_what_is_not_told_is_left_out(fields: dict[str, object], words: str) -> None:
    told = detail_text(sms("RECEIVED", **fields), NOW)
    assert words in told
    assert "None" not in told


# Rows


def row_of(message: Sms, width: int, thing: Thing | None = PUMP) -> dict[str, Cell]:
    columns = message_columns(width, with_thing=True)
    row = message_row(message, thing, columns, NOW)
    return dict(zip((column.key for column in columns), row, strict=True))


def test_a_message_at_80_and_at_120() -> None:
    buffered = sms("SENT", attempts=1)
    narrow = row_of(buffered, 80)
    assert list(narrow) == ["age", "state", "thing", "text"]
    assert [cell.text for cell in narrow.values()] == [
        "12m", "◍ sent", "pump-12", "SET NAME pump-12",
    ]  # fmt: skip
    wide = row_of(buffered, 120)
    assert list(wide) == ["age", "state", "thing", "text", "way"]
    assert wide["way"] == ("on its way to the device, 1 try", "dim")
    alone = message_columns(80, with_thing=False)
    assert [column.key for column in alone] == ["age", "state", "text"]


@pytest.mark.parametrize("width", [80, WIDE_FROM - 1, WIDE_FROM, 120])
@pytest.mark.parametrize(
    "columns",
    [
        lambda width: message_columns(width, with_thing=True),
        lambda width: message_columns(width, with_thing=False),
        conversation_columns,
    ],
)
def test_the_columns_fit(columns, width: int) -> None:
    made = columns(width)
    assert sum(column.width + GAP for column in made) - GAP + MARGIN <= width
    assert [column.key for column in made if column.flex] == ["text"]


def test_a_clock_that_is_ahead_makes_no_age_of_the_future() -> None:
    assert row_of(sms("QUEUED", submitted_at=NOW + timedelta(minutes=3)), 80)["age"].text == "now"
    assert row_of(sms("QUEUED", submitted_at=None), 80)["age"].text == "–"


def test_several_lines_are_one_and_what_repeats_something_is_marked() -> None:
    assert text_cell(sms("SENT", text=" a\n\n b\tc ")).text == "a b c"
    assert text_cell(sms("SENT", client_reference="op~sms_0")).text == "↻ SET NAME pump-12"
    assert cell_width(text_cell(sms("SENT", text="a" * 1600)).text) == 400


def test_a_thing_by_its_name_or_its_id() -> None:
    assert thing_cell("t1", PUMP) == ("pump-12", "")
    assert thing_cell("t1", replace(PUMP, name=" ")).text == "8931086200000000019"
    assert thing_cell("t9\x1b", None) == (r"t9\x1b", "dim")
    assert thing_cell(None, None).text == "–"


MESSAGES = (
    sms("QUEUED", sms_id="5", submitted_at=ago(minutes=1)),
    sms("FAILED", sms_id="4", thing_id="t2", submitted_at=ago(minutes=2)),
    sms("EXPIRED", sms_id="3", submitted_at=ago(minutes=3)),
    sms("SENT", sms_id="2", submitted_at=ago(minutes=4)),
    sms("PARKED", sms_id="1", thing_id=None),
    sms("RECEIVED", sms_id="0", thing_id="t2", direction="MO"),
)


def test_conversations_the_latest_first() -> None:
    found = conversations(MESSAGES)
    assert list(found) == ["t1", "t2"]
    one, two = found.values()
    assert (one.last.sms_id, one.messages, one.pending, one.failed) == ("5", 3, 2, 1)
    assert (two.last.sms_id, two.messages, two.pending, two.failed) == ("4", 2, 0, 1)
    assert conversations(()) == {}


@pytest.mark.parametrize("width", [80, 120])
def test_a_conversation_as_a_row(width: int) -> None:
    columns = conversation_columns(width)
    row = conversation_row(conversations(MESSAGES)["t1"], PUMP, columns, NOW)
    assert dict(zip((column.key for column in columns), row, strict=True)) == {
        "age": ("1m", ""),
        "thing": ("pump-12", ""),
        "count": ("3", ""),
        "open": ("2", "accent"),
        "failed": ("1", "bad"),
        "state": ("◌ queued", ""),
        "text": ("SET NAME pump-12", ""),
    }


# Heads


def test_the_line_of_a_thing() -> None:
    told = replace(
        PUMP,
        allowed_services=("DATA", "SMS"),
        session=SessionSummary("ONLINE", as_of=ago(minutes=1)),
    )
    assert text_of(thing_line(told, NOW)) == " ● active · ◉ online · services DATA, SMS"
    assert text_of(thing_line(PUMP, NOW)) == " ● active · · unknown · services –"
    assert text_of(thing_line(None, NOW)) == " The Thing is not known here."


def test_the_counts_in_the_order_of_their_way() -> None:
    counts = {"PARKED": 1, "DELIVERED": 310, "QUEUED": 12, "SENT": 150, "FAILED": 0}
    line = counts_line(counts)
    assert text_of(line) == " 473 messages · 12 queued · 150 sent · 310 delivered · 1 parked"
    assert [cell.tone for cell in line[2::2]] == ["", "accent", "ok", "warn"]
    assert text_of(counts_line({"SENT": 1})) == " 1 message · 1 sent"
    assert text_of(counts_line({})) == " 0 messages"


def test_the_bar_of_a_batch() -> None:
    counts = {"QUEUED": 20, "DELIVERED": 60, "FAILED": 20}
    bar = batch_bar(counts, 20, 80)
    assert text_of(bar).endswith("  80/100 through  80 %")
    blank, done, lost, open_, _ = bar
    assert (blank.text, done.tone, lost.tone, open_.tone) == (" ", "ok", "bad", "dim")
    assert len(done.text) + len(lost.text) + len(open_.text) == 80 - 3 - len(
        "  80/100 through  80 %"
    )
    assert text_of(batch_bar({}, 0, 80)) == " "
    assert text_of(batch_bar(counts, 20, 26)) == "  80/100 through  80 %"


@given(
    st.dictionaries(st.sampled_from([*SmsStatus.ALL, "PARKED"]), st.integers(0, 20_000)),
    st.integers(1, 200),
)
def test_a_bar_fits_and_is_full_only_when_all_are_through(
    counts: dict[str, int], width: int
) -> None:
    pending = sum(counts.get(status, 0) for status in SmsStatus.PENDING)
    bar = batch_bar(counts, pending, width)
    text = text_of(bar)
    numbers = bar[-1].text
    assert cell_width(text) <= max(width, cell_width(numbers))
    if len(bar) == 5:
        drawn = Counter(text)
        assert (drawn["░"] == 0) is (pending == 0)
        assert (drawn["█"] == 0) is (pending == sum(counts.values()))
        lost = any(counts.get(status) for status in SmsStatus.UNDELIVERED)
        assert bool(bar[2].text) is lost
    if pending:
        assert "100 %" not in numbers


# Whatever the server says

TEXTS = st.sampled_from([HOSTILE, "", "STATUS", HOSTILE * 90]) | st.text(max_size=12)
TIMES = st.none() | st.integers(-(10**7), 10**7).map(lambda seconds: ago(seconds=seconds))
ODD_THINGS = st.none() | st.builds(
    Thing,
    TEXTS,
    TEXTS,
    st.sampled_from(["ACTIVE", HOSTILE]),
    name=TEXTS,
    allowed_services=st.none() | st.lists(TEXTS, max_size=2).map(tuple),
    session=st.none() | st.builds(SessionSummary, TEXTS, TIMES, TIMES),
)
ODD_MESSAGES = st.builds(
    Sms,
    TEXTS,
    TEXTS,
    thing_id=st.none() | TEXTS,
    sender=st.none() | TEXTS,
    encoding=st.none() | TEXTS,
    segments=st.none() | st.integers(-1, 99),
    status=st.sampled_from(SmsStatus.ALL) | TEXTS,
    submitted_at=TIMES,
    delivered_at=TIMES,
    expires_at=TIMES,
    attempts=st.none() | st.integers(-1, 99),
    error_code=st.none() | TEXTS,
    error_message=st.none() | TEXTS,
    client_reference=st.none() | TEXTS | TEXTS.map(lambda text: f"op~{text}"),
    created_by=st.none() | TEXTS,
)


@given(ODD_MESSAGES, ODD_THINGS, st.none() | ODD_MESSAGES, st.sampled_from([40, 80, 120]))
def test_every_text_is_safe(
    message: Sms, thing: Thing | None, other: Sms | None, width: int
) -> None:
    said = [
        detail_text(message, NOW, other),
        progress_text(message, NOW),
        reason_text(message),
        status_word(message.status),
        price_text(Price(message.text, message.sms_id), 3),
        text_of(thing_line(thing, NOW)),
        text_of(counts_line({message.status: 3})),
        text_of(message_row(message, thing, message_columns(width, with_thing=True), NOW)),
    ]
    columns = conversation_columns(width)
    for one in conversations((message,)).values():
        said.append(text_of(conversation_row(one, thing, columns, NOW)))
    for text in said:
        assert not UNSAFE.search(text), text
