from __future__ import annotations

import httpx
import pytest
from hypothesis import given
from hypothesis import strategies as st

from simtui.api.redirect import safe_target
from simtui.errors import UnexpectedAnswer

BASE = "https://api.example.com/iot/sim"
ASKED = f"{BASE}/things/by-iccid/8931"


@pytest.mark.parametrize(
    ("location", "target"),
    [
        (f"{BASE}/things/t_1", f"{BASE}/things/t_1"),
        ("HTTPS://API.example.com:443/iot/sim/things/t_1", f"{BASE}/things/t_1"),
        ("/iot/sim/things/t_1?a=b", f"{BASE}/things/t_1?a=b"),
        ("/things/t_1", f"{BASE}/things/t_1"),
        ("/jobs/j_7/result", f"{BASE}/jobs/j_7/result"),
        ("../t_1", f"{BASE}/things/t_1"),
        ("//api.example.com/iot/sim/jobs/j", f"{BASE}/jobs/j"),
        (f"{BASE}/things/t%20x#part", f"{BASE}/things/t%20x"),
    ],
)
def test_targets_within_the_api(location: str, target: str) -> None:
    assert safe_target(location, ASKED, BASE) == target


FOREIGN = [
    "",
    "https://evil.example.net/iot/sim/things/t_1",
    "//evil.example.net/iot/sim/things/t_1",
    "http://api.example.com/iot/sim/things/t_1",
    "https://api.example.com:8443/iot/sim/things/t_1",
    "https://api.example.com.evil.net/iot/sim/things",
    "https://api.example.com@evil.net/iot/sim/things",
    "https://user:pw@api.example.com/iot/sim/things",
    "https://api.example.com/iot/other/things",
    "https://api.example.com/iot/simulator/things",
    "https://api.example.com/iot/sim/../../oauth/token",
    "https://api.example.com/iot/sim/%2e%2e/%2E%2e/oauth",
    "https://api.example.com/iot/sim/%252e%252e/oauth",
    "https://api.example.com/iot/sim/..\\..\\oauth",
    "https://api.example.com/iot/sim",
    "/oauth/accesstoken",
    "/",
    "../../../oauth",
    "https:\\\\evil.example.net/iot/sim/x",
    "https://[bad/iot/sim/x",
    "https://api.example.com:99999/iot/sim/x",
    "javascript:alert(1)",
]


@pytest.mark.parametrize("location", FOREIGN)
def test_targets_elsewhere(location: str) -> None:
    assert safe_target(location, ASKED, BASE) is None


@given(st.text(st.sampled_from("/\\.@:?#%2eE thingsapi.example.com"), max_size=40))
def test_no_spelling_names_another_host(location: str) -> None:
    target = safe_target(location, ASKED, BASE)
    assert target is None or (target.startswith(f"{BASE}/") and "/../" not in f"{target}/")


def test_a_base_without_a_path() -> None:
    base = "http://127.0.0.1:8080"
    assert safe_target("/things/t_1", f"{base}/things/x", base) == f"{base}/things/t_1"
    assert safe_target("http://127.0.0.1/things/t_1", f"{base}/things/x", base) is None
    assert safe_target("http://127.0.0.1:8080@evil/", f"{base}/x", base) is None


async def test_an_alias_is_followed_with_a_get(api, thing_json) -> None:
    api.answer_with(
        httpx.Response(302, headers={"location": "/things/t_1"}),
        httpx.Response(200, json=thing_json()),
    )
    thing = await api.client().thing_by_iccid("8931")
    assert thing.thing_id == "t_1"
    assert [request.url.path for request in api.requests] == [
        "/iot/sim/things/by-iccid/8931",
        "/iot/sim/things/t_1",
    ]
    assert {request.headers["authorization"] for request in api.requests} == {"Bearer token-1"}


@pytest.mark.parametrize("location", ["https://evil.example.net/iot/sim/things/t_1", None])
async def test_a_foreign_host_is_refused_and_gets_no_token(api, location) -> None:
    api.answer_with(httpx.Response(302, headers={"location": location} if location else {}))
    with pytest.raises(UnexpectedAnswer) as caught:
        await api.client().thing_by_iccid("8931")
    assert [request.url.host for request in api.requests] == ["api.example.com"]
    assert (location or "nowhere") in caught.value.detail
    assert "no token" in caught.value.hint


async def test_three_hops_and_no_more(api, thing_json) -> None:
    hop = httpx.Response(302, headers={"location": "/things/t_1"})
    api.answer_with(hop, hop, hop, httpx.Response(200, json=thing_json()))
    await api.client().thing_by_iccid("8931")
    api.requests.clear()
    api.answer_with(hop)
    with pytest.raises(UnexpectedAnswer):
        await api.client().thing_by_iccid("8931")
    assert len(api.requests) == 4


async def test_a_write_that_is_redirected_goes_on_as_a_get_without_its_body(
    api, thing_json
) -> None:
    api.answer_with(
        httpx.Response(302, headers={"location": "/things/t_1"}),
        httpx.Response(503),
        httpx.Response(200, json=thing_json()),
    )
    with pytest.raises(Exception, match="outcome is unknown"):
        await api.client().set_state("t_1", "ACTIVE", "", version=1, request_id="r-1")
    assert [request.method for request in api.requests] == ["PUT", "GET"]
    assert api.requests[1].content == b""
    assert "if-match" not in api.requests[1].headers
