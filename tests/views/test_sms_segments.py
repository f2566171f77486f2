"""What a text takes, as the network counts it (contract §9), held against others that count."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
import smsutil
from hypothesis import example, given, settings
from hypothesis import strategies as st

from simtui.sandbox.sms_text import encode_sms
from simtui.views.sms.alphabet import BASIC, EXTENDED, is_gsm7, stand_in
from simtui.views.sms.counting_words import counted_cell, foreign_cell
from simtui.views.sms.segments import (
    GSM7,
    MOST_SEGMENTS,
    UCS2,
    Counted,
    Foreign,
    count,
    foreign,
    without_foreign,
)
from simtui.views.text import UNSAFE

VECTORS = json.loads((Path(__file__).parent / "vectors.json").read_text())["sms"]

SINGLE = {GSM7: 160, UCS2: 70}
PART = {GSM7: 153, UCS2: 67}

LETTERS = st.sampled_from(sorted(BASIC))
SMALL = st.sampled_from("aé0 \n")
WIDE = st.sampled_from(sorted(EXTENDED))
ODD = st.sampled_from("çê’我–\u0301\u00a0")
PAIRS = st.sampled_from("😀🚀𝔸")
ANY = st.characters(exclude_categories=["Cs"])


def runs(*alphabets: st.SearchStrategy[str]) -> st.SearchStrategy[str]:
    """Long runs of few characters, so that texts come near the ends of segments."""
    run = st.tuples(st.one_of(*alphabets), st.integers(1, 160)).map(lambda one: one[0] * one[1])
    return st.lists(run, max_size=6).map("".join)


def at_an_end(
    plain: str, alphabet: st.SearchStrategy[str], single: int, part: int
) -> st.SearchStrategy[str]:
    """Texts in which characters lie across the end of a segment."""

    def around(place: int, size: int, middle: str, tail: int) -> str:
        return plain * max(place * size - len(middle), 0) + middle + plain * tail

    return st.builds(
        around,
        st.integers(1, 4),
        st.sampled_from([single, part]),
        st.lists(alphabet, max_size=4).map("".join),
        st.integers(0, part + 2),
    )


TEXTS = st.one_of(
    st.text(ANY, max_size=200),
    runs(LETTERS, WIDE),
    runs(SMALL, WIDE, ODD, PAIRS),
    at_an_end("a", st.one_of(SMALL, WIDE), 160, 153),
    at_an_end("我", st.one_of(SMALL, PAIRS), 70, 67),
)


def theirs(text: str) -> tuple[str, int, int]:
    """What the library says: encoding, units and segments.

    Its alphabet has the escape itself, which is no character, so it is not asked of that; an
    empty text is one part of UCS-2 to it, and is not asked of at all.
    """
    if smsutil.is_valid_gsm(text) and "\x1b" not in text:
        split, encoding, size = smsutil.split(text), GSM7, 1
    else:
        split, encoding, size = smsutil.unicode_split(text), UCS2, 2
    return encoding, split.total_bytes // size, len(split.parts)


def ours(text: str) -> tuple[str, int, int]:
    counted = count(text)
    return counted.encoding, counted.units, counted.segments


# Held against others


@pytest.mark.parametrize(("text", "expected"), VECTORS)
def test_the_vectors_of_the_contract(text: str, expected: dict[str, object]) -> None:
    told = ours(text)
    assert dict(zip(("encoding", "units", "segments"), told, strict=True)) == expected


@settings(max_examples=200, deadline=None)
@given(TEXTS.filter(bool))
@example("a" * 160)
@example("a" * 161)
@example("a" * 152 + "€")
@example(("a" * 152 + "€") * 2)
@example("我" * 66 + "😀" + "我" * 66)
@example("\x1b")
@example("ok\n")
@example("ç\n")
def test_the_library_counts_the_same(text: str) -> None:
    assert ours(text) == theirs(text)


@settings(deadline=None)
@given(TEXTS)
@example("")
def test_the_sandbox_counts_the_same(text: str) -> None:
    told = encode_sms(text)
    assert ours(text) == (told.encoding, told.units, told.segments)


def test_the_alphabet_is_the_librarys_without_the_escape() -> None:
    known = set(map(chr, range(0x2200)))  # the last one of it is €, U+20AC
    valid = {one for one in known if smsutil.is_valid_gsm(one)} - {"\x1b"}
    assert {one for one in known if is_gsm7(one)} == valid
    assert len(BASIC) == 127
    assert not BASIC & EXTENDED


# Edges


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("", Counted(GSM7, 0, 0, 160)),
        ("a" * 160, Counted(GSM7, 160, 1, 0)),
        ("a" * 161, Counted(GSM7, 161, 2, 145)),
        ("a" * 306, Counted(GSM7, 306, 2, 0)),
        ("a" * 307, Counted(GSM7, 307, 3, 152)),
        ("a" * 1530, Counted(GSM7, 1530, MOST_SEGMENTS, 0)),
        ("a" * 1531, Counted(GSM7, 1531, 11, 152)),
        ("€" * 80, Counted(GSM7, 160, 1, 0)),
        ("€" * 80 + "a", Counted(GSM7, 161, 2, 144)),  # 76 to a segment, one unit lost
        ("a" * 152 + "€" + "a" * 7, Counted(GSM7, 161, 2, 144)),
        ("我" * 70, Counted(UCS2, 70, 1, 0)),
        ("我" * 71, Counted(UCS2, 71, 2, 63)),
        ("我" * 134, Counted(UCS2, 134, 2, 0)),
        ("我" * 135, Counted(UCS2, 135, 3, 66)),
        ("我" * 66 + "😀" + "我" * 3, Counted(UCS2, 71, 2, 62)),
        ("a" * 160 + "ç", Counted(UCS2, 161, 3, 40)),
        ("\n\r\f", Counted(GSM7, 4, 1, 156)),
        ("\x1b", Counted(UCS2, 1, 1, 69)),  # the escape alone is no character
    ],
)
def test_edges(text: str, told: Counted) -> None:
    assert count(text) == told


@given(TEXTS.filter(bool))
def test_what_fits_into_the_room_takes_no_further_segment(text: str) -> None:
    before = count(text)
    filler = "a" if before.encoding == GSM7 else "我"
    full = count(text + filler * before.room)
    assert (full.segments, full.room) == (before.segments, 0)
    assert count(text + filler * (before.room + 1)).segments == before.segments + 1


@given(TEXTS)
def test_nothing_is_split_and_no_more_lost_than_a_unit_a_segment(text: str) -> None:
    told = count(text)
    if told.segments <= 1:
        assert told.units + told.room == SINGLE[told.encoding]
        return
    taken = told.segments * PART[told.encoding] - told.room
    assert told.units <= taken <= told.units + told.segments - 1


# What is not in the alphabet


def test_what_makes_it_ucs2_is_pointed_at() -> None:
    assert foreign("naïve ça’") == (
        Foreign(2, "ï", "i"),
        Foreign(6, "ç", "c"),
        Foreign(8, "’", "'"),
    )
    assert foreign("Übermaß Ç €[]") == ()


@pytest.mark.parametrize(
    ("character", "other"),
    [("ç", "c"), ("ê", "e"), ("’", "'"), ("…", "..."), ("½", None), ("我", None), ("😀", None)],
)
def test_stand_ins(character: str, other: str | None) -> None:
    assert stand_in(character) == other


@given(ANY)
def test_a_stand_in_is_always_in_the_alphabet(character: str) -> None:
    other = stand_in(character)
    assert other is None or (other and all(map(is_gsm7, other)))


@given(TEXTS)
def test_replacing_ends_and_leaves_what_nothing_stands_for(text: str) -> None:
    mended = without_foreign(text)
    assert without_foreign(mended) == mended
    assert all(one.stand_in is None for one in foreign(mended))
    kept = [one.character for one in foreign(text) if one.stand_in is None]
    assert [one.character for one in foreign(mended)] == kept


@given(runs(LETTERS, WIDE))
def test_a_text_of_the_alphabet_is_never_changed(text: str) -> None:
    assert without_foreign(text) == text
    assert foreign(text) == ()


@given(TEXTS)
def test_it_is_ucs2_exactly_when_something_is_pointed_at(text: str) -> None:
    assert (count(text).encoding == UCS2) is bool(foreign(text))


# In words


@pytest.mark.parametrize(
    ("text", "words", "tone"),
    [
        ("STATUS", "GSM-7 · 6 units · 1 segment, 154 left in it", "ok"),
        ("a", "GSM-7 · 1 unit · 1 segment, 159 left in it", "ok"),
        ("ç", "UCS-2 · 1 unit · 1 segment, 69 left in it", "ok"),
        ("a" * 161, "GSM-7 · 161 units · 2 segments, 145 left in it", "warn"),
        (
            "a" * 1500,
            "GSM-7 · 1,500 units · 10 segments, the most there can be; 30 left in it",
            "warn",
        ),
        ("a" * 1531, "✗ GSM-7 · 1,531 units · 11 segments; a message has at most 10", "bad"),
    ],
)
def test_the_count_in_words(text: str, words: str, tone: str) -> None:
    assert counted_cell(text) == (words, tone)


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("go home’s", "“’” at 8: go home▸’◂s makes it UCS-2, 70 units a segment, not 160; ctrl+r"
         " writes “'”"),
        ("我’", "“’” at 2 and 1 more: 我▸’◂ makes it UCS-2, 70 units a segment, not 160; ctrl+r"
         " writes “'”"),
        ("12345678901我2345678901", "“我” at 12: 45678901▸我◂23456789 makes it UCS-2, 70 units"
         " a segment, not 160; nothing in GSM-7 stands for it"),
    ],
)  # fmt: skip
def test_the_forcing_character_in_words(text: str, words: str) -> None:
    cell = foreign_cell(text)
    assert cell == (words, "warn")


@given(st.text(max_size=60))
def test_what_is_said_of_any_text_is_safe(text: str) -> None:
    cells = (counted_cell(text), foreign_cell(text))
    assert not any(cell and UNSAFE.search(cell.text) for cell in cells)
    assert (cells[1] is None) is all(map(is_gsm7, text))
