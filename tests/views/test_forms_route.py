"""Static routes as a form (contract §3.4)."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from simtui.models import IpPool, Network, RouteTarget, Tunnel, TunnelStatus
from simtui.models.settings import RouteSettings
from simtui.views.forms.field import FieldError
from simtui.views.forms.route_form import route_form

NETWORK = Network("n1", "factory", ip_pools=(IpPool("q1", "10.0.0.0/24"),))
UP = Tunnel("t1", "head office", remote_cidrs=("10.9.0.0/16",), status=TunnelStatus("UP"))
DOWN = Tunnel("t2", "depot", remote_cidrs=("10.8.0.0/16",), status=TunnelStatus("ERROR"))
TUNNELS = (UP, DOWN)
NEW = {"destination": "10.9.4.0/24", "target": "tunnel head office", "metric": "5"}


def form(settings: RouteSettings | None = None, tunnels=TUNNELS):
    return route_form(settings, NETWORK, tunnels)


def values(settings: RouteSettings | None = None, tunnels=TUNNELS) -> dict[str, str]:
    return {one.name: one.value for one in form(settings, tunnels).fields}


def refusal(settings: RouteSettings | None = None, **answers: str) -> FieldError:
    with pytest.raises(FieldError) as caught:
        form(settings).read(values(settings) | NEW | answers)
    return caught.value


def told(**answers: str) -> list[str]:
    return [cell.text for cell in form().remarks(values() | NEW | answers)]


def test_a_new_route_leads_to_the_internet_with_metric_100() -> None:
    assert values() == {"destination": "", "target": "internet", "metric": "100", "enabled": "on"}
    made = form().read(values() | {"destination": "0.0.0.0/0"})
    assert made == RouteSettings("0.0.0.0/0")


def test_a_tunnel_is_chosen_by_its_name() -> None:
    made = form().read(values() | NEW)
    assert made == RouteSettings("10.9.4.0/24", RouteTarget("IPSEC_TUNNEL", "t1"), 5)
    choices = form().fields[1].choices
    assert choices("HEAD") == (("tunnel head office", "UP"),)
    assert [one.text for one in choices("")] == [
        "internet", "tunnel depot", "tunnel head office", "blackhole",
    ]  # fmt: skip


def test_two_tunnels_of_the_same_name_are_told_apart() -> None:
    twins = (UP, replace(DOWN, name="head office"))
    settings = RouteSettings("10.8.0.0/16", RouteTarget("IPSEC_TUNNEL", "t2"))
    assert values(settings, twins)["target"] == "tunnel head office (t2)"
    assert form(settings, twins).read(values(settings, twins)) == settings


@pytest.mark.parametrize(
    ("field", "text", "title"),
    [
        ("destination", "10.0.0.1/8", "10.0.0.1/8 has host bits set"),
        ("destination", "10.0.0.0/16", "10.0.0.0/16 overlaps the pool 10.0.0.0/24"),
        ("destination", "", "An address is missing"),
        ("target", "tunnel nowhere", "There is no target “tunnel nowhere”"),
        ("metric", "0", "0 is too small"),
        ("metric", "256", "256 is too large"),
        ("enabled", "perhaps", "There is no setting “perhaps”"),
    ],
)
def test_what_cannot_be_a_route_here(field: str, text: str, title: str) -> None:
    error = refusal(**{field: text})
    assert (error.field, error.title) == (field, title)


def test_a_tunnel_that_is_gone_is_shown_and_refused() -> None:
    gone = RouteSettings("10.7.0.0/16", RouteTarget("IPSEC_TUNNEL", "t9"), route_id="r1")
    tunnels = (replace(UP, name="t9"),)
    shown = values(gone, tunnels)
    assert shown["target"] == "tunnel t9 (not known here)"
    with pytest.raises(FieldError) as caught:
        form(gone, tunnels).read(shown)
    assert caught.value.field == "target"
    kept = form(gone, tunnels).read(shown | {"target": "blackhole"})
    assert (kept.target, kept.route_id) == (RouteTarget("BLACKHOLE"), "r1")


def test_a_target_of_an_unknown_kind_stays() -> None:
    odd = RouteSettings("10.7.0.0/16", RouteTarget("PEERING", "x\x1b"), 999)
    assert values(odd)["target"] == "PEERING x\\x1b"
    assert form(odd).read(values(odd)) == odd


def test_what_is_said_of_a_route_into_a_tunnel() -> None:
    assert told() == []
    assert told(target="tunnel depot", destination="10.8.1.0/24") == [
        "the tunnel depot is ERROR now: nothing gets through it"
    ]
    assert told(destination="10.0.0.0/7") == []  # it overlaps a pool: nothing to say yet
    assert told(destination="10.10.0.0/16") == [
        "10.10.0.0/16 is not behind the tunnel head office, which leads to 10.9.0.0/16"
    ]
    off = form(tunnels=(replace(UP, enabled=False),)).remarks(values() | NEW)
    assert [cell.text for cell in off] == [
        "the tunnel head office is disabled: nothing gets through it"
    ]


@given(
    st.builds(
        RouteSettings,
        st.sampled_from(["10.9.0.0/16", "0.0.0.0/0", "192.0.2.1/32", "odd"]),
        st.sampled_from(
            [RouteTarget(), RouteTarget("BLACKHOLE"), RouteTarget("IPSEC_TUNNEL", "t2")]
        ),
        st.integers(1, 255),
        st.booleans(),
        st.sampled_from([None, "r1"]),
    )
)
def test_untouched_settings_come_out_as_they_went_in(route: RouteSettings) -> None:
    assert form(route).read(values(route)) == route


@given(st.fixed_dictionaries({name: st.text(max_size=15) for name in values()}))
def test_any_texts_are_a_route_or_refused(answers: dict[str, str]) -> None:
    form().remarks(answers)
    with pytest.raises(FieldError):  # nobody types a target by chance
        form().read(answers)
