from __future__ import annotations

import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from stdnum import luhn

from simtui.views.identity import (
    IdentityCode,
    check_iccid,
    check_imei,
    check_imsi,
    has_check_digit,
    iccid_is_sound,
    tac_of,
)

VECTORS = json.loads((Path(__file__).parent / "vectors.json").read_text())


@pytest.mark.parametrize(("text", "code"), VECTORS["iccid"])
def test_iccid_vectors_of_the_contract(text: str, code: str) -> None:
    assert check_iccid(text).code == code


@pytest.mark.parametrize(("text", "code"), VECTORS["imei"])
def test_imei_vectors_of_the_contract(text: str, code: str) -> None:
    assert check_imei(text).code == code


@pytest.mark.parametrize(("text", "code"), VECTORS["imsi"])
def test_imsi_vectors_of_the_contract(text: str, code: str) -> None:
    assert check_imsi(text).code == code


@pytest.mark.parametrize(
    "text", ["8931-0862-0000-0000-019", " 8931 0862 0000 0000 019 ", "8931086200000000019f"]
)
def test_decoration_of_an_iccid_is_taken_off(text: str) -> None:
    checked = check_iccid(text)
    assert checked.ok
    assert checked.value == "8931086200000000019"


def test_nineteen_digits_without_check_digit_are_looked_up_as_a_prefix() -> None:
    checked = check_iccid("8931086200000000012")
    assert checked.code == IdentityCode.PREFIX_LOOKUP
    assert checked.is_prefix
    assert not checked.ok


def test_twenty_digits_with_a_wrong_check_digit_are_refused_with_the_right_one() -> None:
    checked = check_iccid("89310862000000000128")
    assert checked.code == IdentityCode.CHECK_DIGIT
    assert "end in 9, not in 8" in checked.reason


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("", IdentityCode.LENGTH),
        ("9931086200000000019", IdentityCode.PREFIX),
        ("8931086200000000019FF", IdentityCode.NOT_DIGITS),
        ("٨٩٣١٠٨٦٢٠٠٠٠٠٠٠٠٠٠١٩", IdentityCode.NOT_DIGITS),
    ],
)
def test_other_iccids_are_refused(text: str, code: str) -> None:
    checked = check_iccid(text)
    assert checked.code == code
    assert checked.reason.endswith(".")


def test_an_imeisv_becomes_the_imei_with_its_check_digit() -> None:
    checked = check_imei("49-015420-323751-77")
    assert checked.ok
    assert checked.value == "490154203237518"
    assert tac_of(checked.value) == "49015420"


def test_an_imei_with_a_wrong_check_digit_is_refused() -> None:
    assert check_imei("490154203237519").code == IdentityCode.CHECK_DIGIT


def test_server_data_is_judged_but_not_normalised() -> None:
    assert iccid_is_sound("8931086200000000019")
    assert not iccid_is_sound("8931086200000000018")
    assert not iccid_is_sound("8931 0862 0000 0000 019")
    assert not iccid_is_sound("")


@given(st.text(max_size=30))
def test_checks_never_raise_and_always_say_why(text: str) -> None:
    for check in (check_iccid, check_imsi, check_imei):
        checked = check(text)
        assert checked.ok == (checked.reason == "")
    assert isinstance(has_check_digit(text), bool)


@given(st.text("0123456789", min_size=1, max_size=24))
def test_the_quick_check_digit_agrees_with_the_library(digits: str) -> None:
    assert has_check_digit(digits) is luhn.is_valid(digits)
    assert has_check_digit(digits + luhn.calc_check_digit(digits))
