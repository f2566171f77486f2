"""What the account page says: limits, quota, the API itself, APN and coverage."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta

import pytest

from simtui.errors import SimtuiError, Unreachable
from simtui.models import (
    Account,
    ApiRelease,
    Apn,
    BillingCycle,
    Network,
    NetworkLimits,
    User,
)
from simtui.models.permission_level import PRESETS
from simtui.store.entry import Entry
from simtui.views.account.head import account_section, permission_section
from simtui.views.account.limits import InUse, limits_section, networks_section
from simtui.views.account.places import apn_section, coverage_section
from simtui.views.account.quota import quota_section
from simtui.views.account.release import release_section, sunset_text
from simtui.views.detail.section import Section
from simtui.views.text import UNSAFE

NOON = datetime(2026, 11, 22, 12, tzinfo=UTC)
LIMITS = {"users": 10, "things_groups": 5, "tags_per_thing": 20, "drones": 3, "ip_pools": 16}
ACCOUNT = Account(
    "acc_1",
    "Example B.V.",
    "EUR",
    BillingCycle("2026-11", end=NOON + timedelta(days=9), time_zone="UTC"),
    "OPERATOR",
    LIMITS,
)


@dataclass(frozen=True)
class Quota:
    used: int | None = 17
    limit: int | None = 1000
    interval: int | None = 1
    unit: str | None = "minute"
    reset_at: datetime | None = NOON + timedelta(seconds=30)

    @property
    def share(self) -> float | None:
        return self.used / self.limit if self.used is not None and self.limit else None


def told(section: Section) -> dict[str, str]:
    assert not any(UNSAFE.search(label + cell.text) for label, cell in section.rows)
    return {label: cell.text for label, cell in section.rows}


def tone(section: Section, label: str) -> str:
    return dict(section.rows)[label].tone


# The account and our level


def test_the_account_with_its_open_cycle() -> None:
    assert told(account_section(Entry(ACCOUNT), NOON)) == {
        "Name": "Example B.V.",
        "Id": "acc_1",
        "Currency": "EUR",
        "Cycle": "2026-11, open",
        "Ends": "1 Dec 2026 12:00 UTC (in 9d)",
    }


def test_what_the_account_does_not_tell() -> None:
    section = account_section(Entry(Account("acc_1")), NOON)
    assert told(section) == {"Name": "–", "Id": "acc_1", "Currency": "–", "Cycle": "–"}
    assert account_section(Entry(), NOON).note == "not loaded yet"
    lost: Entry[Account] = Entry(error=Unreachable("No answer"))
    assert account_section(lost, NOON).note == "No answer"
    old = Entry(ACCOUNT, error=SimtuiError("No answer"))
    assert account_section(old, NOON).note == "may be behind: No answer"


def test_our_level_in_words_and_who_we_are() -> None:
    section = permission_section("OPERATOR", PRESETS[2], User("u_1", "daan@example.com", "Daan"))
    assert told(section)["Level"] == "OPERATOR"
    assert told(section)["User"].startswith("Daan daan@example.com")
    assert told(section)["May not"] == "billing, users, retiring Things"
    assert "not told" in told(permission_section("NEW", None, None))["User"]
    assert permission_section(None, None, None).note == "The API has not told it."


# Limits


def test_limits_beside_what_is_in_use() -> None:
    section = limits_section(ACCOUNT, {"users": 9, "things_groups": 5, "networks": 2}, 1200)
    assert told(section) == {
        "Things": "1,200, the API tells no limit",
        "Users": "9 of 10, nearly full",
        "Groups": "5 of 5, full",
        "Networks": "2, no limit told",
        "IP profiles": "–, no limit told",
        "Rules": "– in the longest chain, no limit told",
        "Tags": "at most 20 on a Thing",
        "drones": "at most 3",
    }
    assert (tone(section, "Users"), tone(section, "Groups")) == ("warn", "bad")
    assert told(limits_section(ACCOUNT, {}, None))["Users"] == "– of 10, not known here"
    assert "no limit told" in told(limits_section(None, {"users": 2}, 0))["Users"]


NETWORKS = (
    Network("n_2", "yard", limits=NetworkLimits(16, 200, 10, 100)),
    Network("n_1", "Depots", limits=NetworkLimits(16, 200, 10, 100)),
)


def test_limits_that_all_networks_share_are_told_once() -> None:
    in_use = {"n_1": InUse(1, 4, 10, 3), "n_2": InUse(2)}
    section = networks_section(NETWORKS, in_use, ACCOUNT)
    assert list(told(section).items()) == [
        ("At most", "pools 16 · NAT 200 · IPsec 10 · routes 100"),
        ("Depots", "pools 1 · NAT 4 · IPsec 10 full · routes 3"),
        ("yard", "pools 2 · NAT – · IPsec – · routes –"),
    ]
    assert tone(section, "Depots") == "bad"
    assert "read when the network is opened" in section.note


def test_limits_of_their_own_and_those_that_only_the_account_tells() -> None:
    networks = (NETWORKS[1], replace(NETWORKS[0], limits=None))
    in_use = {"n_1": InUse(1, 4, 1, 3), "n_2": InUse(2, 0, 0, 1)}
    section = networks_section(networks, in_use, ACCOUNT)
    assert told(section) == {
        "Depots": "pools 1/16 · NAT 4/200 · IPsec 1/10 · routes 3/100",
        "yard": "pools 2/16 · NAT 0/– · IPsec 0/– · routes 1/–",
    }
    assert section.note == ""
    assert networks_section((), {}, None).note == "There is no network here yet."


# Quota


@pytest.mark.parametrize(
    ("used", "doing", "colour"),
    [
        (17, "looks as often as it should", ""),
        (800, "looks less often than it would", "warn"),
        (950, "has stopped looking by itself until the reset", "bad"),
        (1200, "has stopped looking by itself until the reset", "bad"),
    ],
)
def test_the_quota_and_what_simtui_does_about_it(used: int, doing: str, colour: str) -> None:
    section = quota_section(Quota(used), NOON, slow_from=0.8, stop_from=0.95)
    assert told(section)["simtui"] == doing
    assert tone(section, "Used") == colour
    assert "From 80% on" in section.note and "from 95% on" in section.note


def test_the_quota_in_numbers() -> None:
    section = quota_section(Quota(), NOON, slow_from=0.8, stop_from=0.95)
    assert told(section)["Used"].endswith("17 of 1,000, 2%")
    assert told(section)["Interval"] == "1 minute"
    assert told(section)["Resets"] == "2026-11-22 12:00:30Z (in 30s)"
    hours = quota_section(Quota(interval=2, unit="HOUR"), NOON, slow_from=0.8, stop_from=0.95)
    assert told(hours)["Interval"] == "2 hours"


def test_a_quota_that_is_not_told() -> None:
    nothing = quota_section(None, NOON, slow_from=0.8, stop_from=0.95)
    assert nothing.rows == ()
    assert "has not told" in nothing.note
    half = Quota(limit=None, interval=None, reset_at=None)
    section = quota_section(half, NOON, slow_from=0.8, stop_from=0.95)
    assert told(section) == {"Used": "17 of –", "Interval": "–", "Resets": "–"}


# The API itself


def release(words: str | None, at: datetime | None = None) -> ApiRelease:
    return ApiRelease("1.4.0", words, at)


def test_an_api_that_does_not_end() -> None:
    section = release_section(release(None), "https://api.example/x", NOON)
    assert told(section) == {
        "Address": "https://api.example/x",
        "Version": "1.4.0",
        "Sunset": "none: no end is planned",
    }
    assert section.note == ""
    assert sunset_text(release(None), NOON) == ""


@pytest.mark.parametrize(
    ("at", "text"),
    [
        (NOON + timedelta(days=70), "ends on 31 Jan 2027 (in 70d)"),
        (NOON - timedelta(days=2), "ended on 20 Nov 2026 (2d ago)"),
    ],
)
def test_an_end_is_a_warning_with_the_date_in_words_and_how_far_it_is(
    at: datetime, text: str
) -> None:
    section = release_section(release("x", at), "", NOON)
    assert told(section)["Sunset"] == f"! This version of the API {text}"
    assert tone(section, "Sunset") == "warn"
    assert "newer simtui" in section.note
    assert told(section)["Address"] == "inside this program"


def test_an_end_that_is_no_date_is_told_in_the_servers_words() -> None:
    words = sunset_text(release("next\x1b[2J spring"), NOON)
    assert "in the server's words: next" in words
    assert not UNSAFE.search(words)


def test_an_api_that_has_not_answered() -> None:
    assert release_section(None, "https://x", NOON).note == "It has not answered yet."
    assert told(release_section(ApiRelease(), "", NOON))["Version"] == "–"


# APN and coverage


def test_the_apn_of_each_network_is_fixed_and_shared() -> None:
    shared = Apn("iot.programmable", "thing")
    networks = (
        Network("n_1", "depots", apn=shared),
        Network("n_2", "Yard", apn=shared),
        Network("n_3", "own", apn=Apn("own.apn", shared=False)),
        Network("n_4", "zzz"),
    )
    section = apn_section(networks)
    assert [cell.text for _, cell in section.rows] == [
        "iot.programmable, user thing, fixed, shared by all accounts",
        "depots, Yard",
        "own.apn, fixed, of this account alone",
        "own",
        "not told",
        "zzz",
    ]
    assert section.note == "The platform gives the APN; nobody can change it."
    assert "no network" in apn_section(()).note


def test_the_coverage_statement() -> None:
    assert told(coverage_section()) == {
        "Netherlands": "MCC 204",
        "Belgium": "MCC 206",
        "Luxembourg": "MCC 270",
        "Radio": "2G, 3G, 4G and LTE-M; NB-IoT is planned",
        "Elsewhere": "no service: sessions there are marked OUT OF COVERAGE",
    }
