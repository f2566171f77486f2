"""IP pools as a form: refused before the server does (contract §3.4)."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from simtui.errors import UsageError
from simtui.models import IpPool, Lease, Network, NetworkLimits, Route, Tunnel
from simtui.models.settings import PoolSettings
from simtui.views.forms.field import FieldError
from simtui.views.forms.pool_form import pool_form

OWN = IpPool("q1", "10.0.0.0/24", size=253, leased=3)
OTHER = IpPool("q2", "10.0.1.0/24")
NETWORK = Network("n1", "factory", ip_pools=(OWN, OTHER), limits=NetworkLimits(ip_pools=3))
ROUTES = (Route("r0", "0.0.0.0/0"), Route("r1", "10.5.0.0/16"))
TUNNELS = (Tunnel("t1", "head office", remote_cidrs=("10.9.0.0/16",)),)


def form(own: IpPool | None = None, network: Network = NETWORK, leases=None):
    settings = PoolSettings(own.cidr) if own else None
    return pool_form(settings, network, ROUTES, TUNNELS, own, leases)


def refusal(cidr: str, own: IpPool | None = None, **more) -> FieldError:
    with pytest.raises(FieldError) as caught:
        form(own, **more).read({"cidr": cidr})
    assert caught.value.field == "cidr"
    with pytest.raises(UsageError):
        form(own, **more).fields[0].check(cidr)
    return caught.value


def test_a_pool_in_its_one_spelling() -> None:
    assert form().read({"cidr": " 10.0.2.0/24 "}) == PoolSettings("10.0.2.0/24")
    assert form().fields[0].value == ""
    assert form(OWN).fields[0].value == "10.0.0.0/24"
    assert form(OWN).read({"cidr": "10.0.0.0/24"}) == PoolSettings("10.0.0.0/24")


@pytest.mark.parametrize(
    ("cidr", "title"),
    [
        ("10.2.0.1/24", "10.2.0.1/24 has host bits set"),
        ("10.0.0.0/8", "10.0.0.0/8 is too large for a pool"),
        ("10.2.0.0/33", "The prefix of 10.2.0.0/33 is too large"),
        ("10.2.0.0/30", "10.2.0.0/30 is too small for a pool"),
        ("192.0.2.0/24", "192.0.2.0/24 is not private"),
        ("10.0.1.128/25", "10.0.1.128/25 overlaps the pool 10.0.1.0/24"),
        ("10.5.6.0/24", "10.5.6.0/24 overlaps the route to 10.5.0.0/16"),
        ("10.9.0.0/24", "10.9.0.0/24 overlaps 10.9.0.0/16 behind the tunnel head office"),
    ],
)
def test_what_cannot_be_a_pool_here(cidr: str, title: str) -> None:
    assert refusal(cidr).title == title


def test_no_more_pools_than_the_account_may_have() -> None:
    network = Network("n1", "factory", ip_pools=(OWN, OTHER), limits=NetworkLimits(ip_pools=2))
    error = refusal("10.2.0.0/24", network=network)
    assert error.title == "The account may have 2 pools in network factory"
    assert "Ask KPN for an extension" in error.hint
    assert form(OWN, network).read({"cidr": "10.0.0.0/25"}).cidr == "10.0.0.0/25"
    unlimited = Network("n1", "factory", ip_pools=(OWN, OTHER))
    assert form(None, unlimited).read({"cidr": "10.2.0.0/24"})


def test_a_resize_holds_every_address_in_use() -> None:
    leases = (Lease("10.0.0.17", "t1"), Lease("10.0.0.200", "t2"), Lease("odd", "t3"))
    error = refusal("10.0.0.0/25", OWN, leases=leases)
    assert error.title == "10.0.0.0/25 leaves out 10.0.0.200"
    assert form(OWN, leases=leases[:1]).read({"cidr": "10.0.0.0/27"})
    for reserved in ("10.0.0.0", "10.0.0.1", "10.0.0.127"):
        assert reserved in refusal("10.0.0.0/25", OWN, leases=(Lease(reserved, "t1"),)).title


def test_a_resize_is_not_smaller_than_what_is_in_use_when_only_the_number_is_known() -> None:
    full = IpPool("q1", "10.0.0.0/24", leased=6)
    error = refusal("10.0.0.0/29", full)
    assert error.title == "10.0.0.0/29 is too small"
    assert error.detail == "It has 5 usable addresses; 6 are in use"
    assert form(IpPool("q1", "10.0.0.0/24", leased=5)).read({"cidr": "10.2.0.0/29"})
    assert form(IpPool("q1", "10.0.0.0/24")).read({"cidr": "10.2.0.0/29"})


def test_what_is_said_of_a_pool_while_it_is_typed() -> None:
    told = [cell.text for cell in form(OWN).remarks({"cidr": "10.0.0.0/23"})]
    assert told == [
        "509 addresses for Things", "the gateway is 10.0.0.1", "3 of 10.0.0.0/24 in use now",
    ]  # fmt: skip
    assert len(form().remarks({"cidr": "10.0.0.0/23"})) == 2
    assert form().remarks({"cidr": "10.0.0.1/23"}) == ()
    assert form().remarks({}) == ()


def test_what_the_server_spells_oddly_is_in_nobodys_way() -> None:
    network = Network("n1", "x", ip_pools=(IpPool("q9", "pool\x1b"),))
    odd = pool_form(
        PoolSettings("pool\x1b"), network, (Route("r", "?"),), (), network.ip_pools[0], None
    )
    assert "\x1b" not in odd.title + odd.fields[0].value
    assert odd.read({"cidr": odd.fields[0].value}) == PoolSettings("pool\x1b")
    assert odd.read({"cidr": "10.0.0.0/24"}) == PoolSettings("10.0.0.0/24")


@given(st.text(max_size=20))
def test_any_text_is_a_pool_or_refused(text: str) -> None:
    one = form(OWN)
    one.remarks({"cidr": text})
    try:
        one.read({"cidr": text})
    except FieldError as error:
        assert error.field == "cidr"
