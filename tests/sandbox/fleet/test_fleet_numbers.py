from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from stdnum import imei, luhn

from simtui.sandbox.fleet.numbers import DeviceNumbers, iccid, imsi, luhn_digit


@given(st.text("0123456789", min_size=4, max_size=20))
def test_the_luhn_digit_is_that_of_the_library(body: str) -> None:
    assert luhn_digit(body) == luhn.calc_check_digit(body)


@pytest.mark.parametrize("digits", [19, 20])
def test_an_iccid_has_its_length(digits: int) -> None:
    number = iccid(20_000_000_001, digits=digits)
    assert len(number) == digits
    assert luhn.is_valid(number)


def test_the_first_iccid_is_that_of_the_contract() -> None:
    assert iccid(20_000_000_001) == "8931086200000000019"


def test_an_imsi_has_15_digits() -> None:
    assert imsi(0) == "204083100000001"
    assert len(imsi(999_999)) == 15


def test_devices_of_a_model_never_repeat() -> None:
    devices = DeviceNumbers("86642503", first=999_990)
    numbers = [devices.next() for _ in range(2_000)]
    assert len(set(numbers)) == 2_000
    assert all(imei.is_valid(number) and number.startswith("86642503") for number in numbers)
