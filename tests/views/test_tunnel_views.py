"""IPsec tunnels as they are read: warnings, errors in words, the list, the page and the sheet."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from simtui.models import IpPool, Network, Tunnel, TunnelStatus
from simtui.models.settings import TunnelSettings, settings_of
from simtui.models.tunnel import Dpd, Phase1, Phase2, SelectorState
from simtui.views.detail.section import Section
from simtui.views.text import UNSAFE, cell_width
from simtui.views.tunnel.errors import error_words, what_to_compare
from simtui.views.tunnel.rows import tunnel_columns, tunnel_row
from simtui.views.tunnel.sections import tunnel_sections
from simtui.views.tunnel.sheet import WIDTH, sheet
from simtui.views.tunnel.values import VALUES
from simtui.views.tunnel.weak import weaknesses
from simtui.views.tunnel.words import state_cell

NOW = datetime(2026, 11, 22, 3, 12, 5, tzinfo=UTC)
NETWORK = Network(
    "n1", "depots", ip_pools=(IpPool("p1", "10.0.4.0/24"),), nat_public_address="198.51.100.7"
)
UP = TunnelStatus(
    "UP",
    since=NOW - timedelta(hours=2),
    phase1_up=True,
    phase2_up=(
        SelectorState("10.0.4.0/24", "192.168.0.0/24", up=True),
        SelectorState("10.0.4.0/24", "192.168.9.0/24", up=False),
    ),
    bytes_in=18_700_000,
    bytes_out=512,
    as_of=NOW - timedelta(minutes=3),
)
TUNNEL = Tunnel(
    "t1",
    "hq",
    remote_gateway="203.0.113.9",
    local_gateway="198.51.100.7",
    local_id="198.51.100.7",
    remote_id="hq@example.com",
    psk_set_at=NOW - timedelta(days=3),
    local_cidrs=("10.0.4.0/24",),
    remote_cidrs=("192.168.0.0/24", "192.168.9.0/24"),
    status=UP,
)
CODES = (
    "NO_RESPONSE",
    "PSK_MISMATCH",
    "NO_PROPOSAL_CHOSEN",
    "TS_UNACCEPTABLE",
    "DPD_TIMEOUT",
    "AUTH_FAILED",
)
WEAK = replace(
    TUNNEL,
    ike_version="IKEV1",
    exchange_mode="AGGRESSIVE",
    phase1=Phase1(("AES256", "3DES"), ("SHA1",), (2, 14, 22)),
    phase2=Phase2(("3DES",), ("SHA2_256", "SHA1"), ()),
)


def failed(code: str, *, phase1_up: bool = False, **fields: object) -> Tunnel:
    status = TunnelStatus("ERROR", phase1_up=phase1_up, last_error=code)
    return replace(TUNNEL, status=status, **fields)  # type: ignore[arg-type]


def section(tunnel: Tunnel, title: str) -> Section:
    return next(one for one in tunnel_sections(tunnel, NETWORK, NOW) if one.title == title)


def values(one: Section) -> dict[str, str]:
    return {label: cell.text for label, cell in one.rows}


# Weak choices


def test_the_defaults_are_not_weak() -> None:
    assert weaknesses(TUNNEL) == ()
    assert weaknesses(TunnelSettings("", "")) == ()


def test_each_weak_choice_is_named_at_its_field_with_why_and_what_instead() -> None:
    assert [one.field for one in weaknesses(WEAK)] == [
        "exchange_mode",
        "phase1_encryption",
        "phase1_integrity",
        "phase1_dh_groups",
        "phase1_dh_groups",
        "phase2_encryption",
        "phase2_integrity",
        "phase2_pfs_groups",
    ]
    for one in weaknesses(WEAK):
        assert "choose" in one.text
    assert weaknesses(settings_of(WEAK)) == weaknesses(WEAK)  # type: ignore[arg-type]


@pytest.mark.parametrize("group", [2, 5, 22, 23, 24])
def test_weak_groups_are_weak_for_pfs_too(group: int) -> None:
    (one,) = weaknesses(replace(TUNNEL, phase2=Phase2(pfs_groups=(14, group))))
    assert f"Phase 2 offers group {group} " in one.text


@pytest.mark.parametrize("group", [23, 24])
def test_groups_of_unexplained_origin_are_called_questionable(group: int) -> None:
    (one,) = weaknesses(replace(TUNNEL, phase1=Phase1(dh_groups=(group,))))
    assert "questionable" in one.text


def test_aggressive_is_weak_only_where_it_has_any_effect() -> None:
    assert weaknesses(replace(TUNNEL, exchange_mode="AGGRESSIVE")) == ()
    (one,) = weaknesses(replace(TUNNEL, exchange_mode="AGGRESSIVE", ike_version="IKEV1"))
    assert "guessed offline" in one.text


# Errors in words


@pytest.mark.parametrize("code", CODES)
def test_every_error_of_the_contract_says_what_it_means_and_what_to_compare(code: str) -> None:
    words = error_words(code)
    assert len(words.title) <= 12
    assert words.meaning
    assert words.compare
    assert set(words.compare) <= set(VALUES)
    compared = what_to_compare(failed(code))
    assert [line.split(": ")[0] for line in compared] == list(words.compare)


def test_an_unknown_error_is_shown_as_it_is() -> None:
    words = error_words("CERT_\x1bEXPIRED")
    assert words.title == "CERT_\\x1bEXPIRED"
    assert "not known to this version" in words.meaning
    assert what_to_compare(failed("CERT_EXPIRED")) == ()


def test_no_proposal_is_about_phase_2_where_phase_1_stands() -> None:
    both = what_to_compare(failed("NO_PROPOSAL_CHOSEN"))
    assert "phase 1 encryption: AES256" in both
    assert "phase 1 DH groups: 14 (MODP 2048)" in both
    assert what_to_compare(failed("NO_PROPOSAL_CHOSEN", phase1_up=True)) == (
        "phase 2 encryption: AES256",
        "phase 2 integrity: SHA2_256",
        "phase 2 PFS groups: 14 (MODP 2048)",
    )


def test_selectors_are_compared_net_by_net() -> None:
    assert what_to_compare(failed("TS_UNACCEPTABLE", phase1_up=True)) == (
        "our nets: 10.0.4.0/24",
        "remote nets: 192.168.0.0/24, 192.168.9.0/24",
    )


def test_where_nothing_failed_there_is_nothing_to_compare() -> None:
    assert what_to_compare(TUNNEL) == ()
    assert what_to_compare(replace(TUNNEL, status=None)) == ()


# The list


@pytest.mark.parametrize(
    ("state", "text", "tone"),
    [
        ("UP", "● up", "ok"),
        ("DOWN", "○ down", "bad"),
        ("ERROR", "✗ error", "bad"),
        ("NEGOTIATING", "◌ negotiates", "accent"),
        ("DISABLED", "⊘ disabled", "dim"),
        ("REKEY\x1b", "? REKEY\\x1b", "warn"),
    ],
)
def test_states_have_a_glyph_a_word_and_a_tone(state: str, text: str, tone: str) -> None:
    assert state_cell(replace(TUNNEL, status=TunnelStatus(state))) == (text, tone)


def test_a_state_that_is_not_told_is_unknown() -> None:
    assert state_cell(replace(TUNNEL, status=None)) == ("· unknown", "dim")


def test_the_columns_fit_into_80_cells() -> None:
    columns = tunnel_columns(80)
    assert sum(column.width for column in columns) + 2 * (len(columns) - 1) <= 76
    assert all(cell_width(column.title) <= column.width for column in columns)


@pytest.mark.parametrize("state", ["UP", "DOWN", "ERROR", "NEGOTIATING", "DISABLED"])
@pytest.mark.parametrize("code", CODES)
def test_no_word_of_ours_is_cut_in_the_list(state: str, code: str) -> None:
    columns = tunnel_columns(80)
    tunnel = replace(WEAK, status=TunnelStatus(state, since=NOW, last_error=code))
    for column, cell in zip(columns, tunnel_row(tunnel, NOW, columns), strict=True):
        assert cell_width(cell.text) <= column.width, column.key


def test_a_row_says_state_peer_age_and_what_is_wrong() -> None:
    narrow = [cell.text for cell in tunnel_row(TUNNEL, NOW, tunnel_columns(80))]
    assert narrow == ["● up", "hq", "203.0.113.9", "2", "2h", "–", "–"]
    broken = replace(WEAK, status=replace(UP, last_error="NO_PROPOSAL_CHOSEN"))
    wide = [cell.text for cell in tunnel_row(broken, NOW, tunnel_columns(160))]
    assert wide[3] == "192.168.0.0/24 +1"
    assert wide[5:] == ["no proposal", "8 !"]


def test_a_row_of_a_bare_tunnel_is_shown() -> None:
    row = tunnel_row(Tunnel("t1", ""), NOW, tunnel_columns(160))
    assert [cell.text for cell in row] == ["· unknown", "–", "–", "0", "–", "–", "–"]


# The page


def test_the_page_tells_how_the_tunnel_is() -> None:
    state = section(TUNNEL, "State")
    told = values(state)
    assert told["State"] == "● up"
    assert told["Since"] == "2026-11-22 01:12:05Z (2h ago)"
    assert told["As of"].endswith("(3m ago)")
    assert (told["Bytes in"], told["Bytes out"]) == ("18.7 MB", "512 B")
    assert told["Phase 1"] == "● up"
    pairs = [cell for label, cell in state.rows if label == "Phase 2"]
    assert [cell.text for cell in pairs] == [
        "● up   10.0.4.0/24 ↔ 192.168.0.0/24",
        "○ down 10.0.4.0/24 ↔ 192.168.9.0/24",
    ]
    assert [cell.tone for cell in pairs] == ["ok", "bad"]


def test_what_is_down_because_it_is_off_is_not_bad() -> None:
    status = TunnelStatus(
        "DISABLED", phase1_up=False, phase2_up=(SelectorState("10.0.4.0/24", "192.168.0.0/24"),)
    )
    off = section(replace(TUNNEL, enabled=False, status=status), "State")
    assert "bad" not in {cell.tone for _, cell in off.rows}


def test_a_tunnel_whose_state_is_not_told_says_so() -> None:
    assert section(replace(TUNNEL, status=None), "State").note


def test_the_last_error_is_told_with_its_code_and_our_side_of_it() -> None:
    error = section(failed("TS_UNACCEPTABLE", phase1_up=True), "Last error")
    told = values(error)
    assert told["Error"] == "nets differ (TS_UNACCEPTABLE)"
    assert "prefix for prefix" in told["Meaning"]
    assert [cell.text for label, cell in error.rows if label == "Compare"] == [
        "our nets: 10.0.4.0/24",
        "remote nets: 192.168.0.0/24, 192.168.9.0/24",
    ]
    assert section(TUNNEL, "Last error").note == "none"
    assert values(section(failed("NEW_ONE"), "Last error"))["Error"] == "NEW_ONE"


def test_the_page_has_all_settings() -> None:
    assert values(section(TUNNEL, "Peers"))["Remote id"] == "hq@example.com"
    assert values(section(TUNNEL, "Phase 1 (IKE)"))["DH groups"] == "14 (MODP 2048)"
    assert values(section(WEAK, "Phase 2 (ESP)"))["PFS groups"] == "off (no PFS)"
    assert values(section(TUNNEL, "Dead peer detection")) == {
        "Asks every": "10 s",
        "Gone after": "30 s",
        "Then": "RESTART",
    }
    assert len(section(WEAK, "Warnings").rows) == 8
    assert section(TUNNEL, "Warnings").note == "no weak choice"


def test_the_key_is_only_said_to_be_set() -> None:
    assert values(section(TUNNEL, "Key")) == {"Key": "set 3d ago; it is never shown"}
    assert "never shown" in section(replace(TUNNEL, psk_set_at=None), "Key").note


# The sheet


def block(text: str, title: str) -> dict[str, str]:
    """The lines of one part of the sheet by their labels; a value's further lines joined."""
    lines = text.split(f"\n{title}\n")[1].split("\n\n")[0].splitlines()[1:]
    told: dict[str, str] = {}
    label = ""
    for line in lines:
        label = line[:20].strip() or label
        told[label] = f"{told.get(label, '')} {line[20:]}".strip()
    return told


def test_the_sheet_is_written_from_their_side() -> None:
    text = sheet(TUNNEL, NETWORK, NOW)
    assert block(text, "Our side (your remote peer)") == {
        "Remote gateway": "198.51.100.7",
        "Remote IKE id": "198.51.100.7",
        "Remote networks": "10.0.4.0/24",
    }
    assert block(text, "Your side (your local end)") == {
        "Local gateway": "203.0.113.9",
        "Local IKE id": "hq@example.com",
        "Local networks": "192.168.0.0/24, 192.168.9.0/24",
    }
    assert block(text, "Phase 1 (IKE)") == {
        "IKE version": "IKEv2",
        "Encryption": "AES256",
        "Integrity": "SHA2_256",
        "DH groups": "14 (MODP 2048)",
        "Lifetime": "28800 seconds",
        "Start": "our side begins; your side may wait for it",
    }
    assert block(text, "Phase 2 (ESP, tunnel mode)") == {
        "Encryption": "AES256",
        "Integrity": "SHA2_256",
        "PFS groups": "14 (MODP 2048)",
        "Lifetime": "3600 seconds",
    }
    assert block(text, "Key")["The key"] == "is not in this sheet; it is sent to you by another way"


def test_the_sheet_of_ikev1_has_the_mode() -> None:
    assert block(sheet(WEAK, NETWORK, NOW), "Phase 1 (IKE)")["Exchange mode"] == "AGGRESSIVE"


def test_the_sheet_can_be_had_before_the_tunnel_is_saved() -> None:
    settings = settings_of(TUNNEL)
    assert isinstance(settings, TunnelSettings)
    assert sheet(settings, NETWORK, NOW) == sheet(TUNNEL, NETWORK, NOW)
    blank = sheet(TunnelSettings("", ""), Network("n1", "depots"), NOW)
    assert block(blank, "Our side (your remote peer)")["Remote gateway"] == "not known yet"
    assert block(blank, "Your side (your local end)")["Local networks"] == "not given"


HOSTILE = st.text(st.sampled_from("ab \x1b\n\u202eé日.-"), max_size=300)


@given(
    st.builds(
        Tunnel,
        st.just("t1"),
        HOSTILE,
        description=HOSTILE,
        ike_version=HOSTILE,
        exchange_mode=HOSTILE,
        remote_gateway=HOSTILE,
        local_id=st.none() | HOSTILE,
        remote_id=st.none() | HOSTILE,
        phase1=st.builds(Phase1, st.lists(HOSTILE, max_size=3).map(tuple)),
        dpd=st.builds(Dpd, action=HOSTILE),
        startup_action=HOSTILE,
        local_cidrs=st.lists(HOSTILE, max_size=3).map(tuple),
        remote_cidrs=st.lists(HOSTILE, max_size=3).map(tuple),
        status=st.none() | st.builds(TunnelStatus, HOSTILE, last_error=HOSTILE),
    )
)
def test_hostile_texts_are_harmless_everywhere(tunnel: Tunnel) -> None:
    text = sheet(tunnel, NETWORK, NOW)
    assert text.isascii()
    assert all(line.isprintable() and len(line) <= WIDTH for line in text.splitlines())
    shown = [cell.text for cell in tunnel_row(tunnel, NOW, tunnel_columns(160))]
    for one in tunnel_sections(tunnel, NETWORK, NOW):
        shown += [one.title, one.note, *(cell.text for _, cell in one.rows)]
    assert not any(UNSAFE.search(piece) for piece in shown)
