from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from simtui.config.urls import (
    DEFAULT_BASE_URL,
    DEFAULT_TOKEN_URL,
    check_base_url,
    check_token_url,
)
from simtui.errors import UsageError


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        (DEFAULT_BASE_URL, DEFAULT_BASE_URL),
        (DEFAULT_BASE_URL + "//", DEFAULT_BASE_URL),
        ("  HTTPS://Api.Example.COM/Base/ ", "https://api.example.com/Base"),
        ("https://api.example.com", "https://api.example.com"),
        ("https://api.example.com:8443/x", "https://api.example.com:8443/x"),
        ("http://127.0.0.1:8080/", "http://127.0.0.1:8080"),
        ("http://127.9.9.9", "http://127.9.9.9"),
        ("http://[::1]:8080/sim", "http://[::1]:8080/sim"),
        ("http://LOCALHOST/", "http://localhost"),
    ],
)
def test_a_usable_base_url_is_normalised(typed: str, meant: str) -> None:
    assert check_base_url(typed) == meant


@pytest.mark.parametrize(
    ("typed", "why"),
    [
        ("", "empty"),
        ("   ", "empty"),
        ("api-prd.kpn.com/iot", "full http or https"),
        ("ftp://api.example.com", "full http or https"),
        ("https://", "full http or https"),
        ("https:///path", "full http or https"),
        ("file:///etc/passwd", "full http or https"),
        ("https://a b.example.com", "space"),
        ("https://api.example.com/\u202ex", "invisible"),
        ("https://api.example.com\\@evil.example.com", "backslash"),
        ("https://api.example.com:0", "port"),
        ("https://api.example.com:99999", "port"),
        ("https://api.example.com:http", "port"),
        ("https://[::1", "malformed"),
        ("http://api.example.com", "plain http"),
        ("http://10.0.0.1", "plain http"),
        ("http://127.0.0.1.example.com", "plain http"),
        ("http://localhost.example.com", "plain http"),
        ("https://api.example.com/x?y=1", "?"),
        ("https://api.example.com/x#y", "#"),
    ],
)
def test_an_unusable_base_url_is_refused_with_the_reason(typed: str, why: str) -> None:
    with pytest.raises(UsageError) as refused:
        check_base_url(typed)
    assert refused.value.title == "The base URL cannot be used"
    assert why in refused.value.detail


@pytest.mark.parametrize("check", [check_base_url, check_token_url])
@pytest.mark.parametrize("scheme", ["https", "http", "gopher"])
def test_credentials_in_a_url_are_refused_and_not_repeated(check, scheme: str) -> None:
    with pytest.raises(UsageError) as refused:
        check(f"{scheme}://me:hunter2@api.example.com/x")
    assert "hunter2" not in str(refused.value)
    assert "user name or password" in refused.value.detail


def test_the_token_url_may_carry_the_grant_that_the_client_adds_anyway() -> None:
    assert check_token_url(f"{DEFAULT_TOKEN_URL}?grant_type=client_credentials") == (
        DEFAULT_TOKEN_URL
    )
    with pytest.raises(UsageError, match="token URL"):
        check_token_url(f"{DEFAULT_TOKEN_URL}?grant_type=password")


@given(st.text(max_size=60), st.sampled_from(["", "https://", "http://", "http://[", "https://a:"]))
def test_any_text_gives_a_url_or_a_sentence(text: str, start: str) -> None:
    try:
        url = check_base_url(start + text)
    except UsageError as error:
        assert error.detail
    else:
        assert check_base_url(url) == url
        assert url.startswith(("https://", "http://"))
