from __future__ import annotations

import pytest

from simtui.config.checks import (
    check_client_id,
    check_client_secret,
    check_profile_name,
    check_refresh,
    check_theme,
)
from simtui.errors import UsageError
from simtui.secret import Secret


def test_what_stands_around_a_pasted_value_is_left_out() -> None:
    assert check_profile_name(" prod\n") == "prod"
    assert check_client_id("\tabc-123 ") == "abc-123"
    assert check_client_secret(" s3cret\r\n") == Secret("s3cret")
    assert check_theme("nord") == "nord"


@pytest.mark.parametrize("name", ["", "-x", ".hidden", "a/b", "../up", "a b", "ü", "x" * 65, "a+b"])
def test_a_profile_name_that_could_not_be_a_file_name_is_refused(name: str) -> None:
    with pytest.raises(UsageError, match="profile name"):
        check_profile_name(name)


@pytest.mark.parametrize("check", [check_client_id, check_client_secret, check_theme])
@pytest.mark.parametrize("text", ["", "  ", "two words", "a\x1b[2Jb", "a\u200bb", "a\nb"])
def test_a_value_with_odd_characters_is_refused(check, text: str) -> None:
    with pytest.raises(UsageError):
        check(text)


def test_a_refused_secret_is_not_repeated() -> None:
    with pytest.raises(UsageError) as refused:
        check_client_secret("hunter2 hunter3")
    assert "hunter" not in str(refused.value)


def test_the_refresh_interval_has_its_bounds() -> None:
    assert [check_refresh(2), check_refresh(3600)] == [2, 3600]
    for seconds in (1, 3601, -5):
        with pytest.raises(UsageError, match=f"2 to 3600 seconds, not {seconds}"):
            check_refresh(seconds)
