from __future__ import annotations

import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from simtui.sandbox.sms_text import GSM7_BASIC, GSM7_EXTENDED, encode_sms

VECTORS = json.loads(Path(__file__).with_name("sms_vectors.json").read_text("utf-8"))


@pytest.mark.parametrize(("text", "expected"), VECTORS)
def test_the_vectors_of_the_contract(text: str, expected: dict[str, object]) -> None:
    encoded = encode_sms(text)
    assert {
        "encoding": encoded.encoding,
        "units": encoded.units,
        "segments": encoded.segments,
    } == expected


def test_the_alphabet_has_128_septets_with_its_escape() -> None:
    assert len(GSM7_BASIC) == 127
    assert not GSM7_BASIC & GSM7_EXTENDED


@pytest.mark.parametrize(
    ("text", "segments"),
    [("a" * 160, 1), ("a" * 161, 2), ("€" * 80, 1), ("€" * 80 + "a", 2), ("a" * 152 + "€" * 76, 2)],
)
def test_the_edges_of_gsm7(text: str, segments: int) -> None:
    assert encode_sms(text).segments == segments


def test_an_extended_character_is_not_split() -> None:
    """152 + an escape pair does not fit 153, so each part loses a septet."""
    assert encode_sms(("a" * 152 + "€") * 2).segments == 3


def test_a_surrogate_pair_is_not_split() -> None:
    assert encode_sms("我" * 66 + "😀" + "我" * 66).segments == 3


@given(st.text(max_size=800))
def test_parts_hold_what_they_can(text: str) -> None:
    encoded = encode_sms(text)
    single, part = (160, 153) if encoded.encoding == "GSM7" else (70, 67)
    if encoded.units <= single:
        assert encoded.segments == bool(text)
    else:
        assert -(-encoded.units // part) <= encoded.segments <= -(-encoded.units // (part - 1))
