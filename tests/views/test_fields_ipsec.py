"""What is typed about an IPsec tunnel, against the rules and against the sandbox's own."""

from __future__ import annotations

import itertools
import string
from collections.abc import Callable

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from simtui.errors import UsageError
from simtui.sandbox.call import Refused
from simtui.sandbox.validate.ipsec import check_gateway, check_peer_id, check_psk
from simtui.views.fields.ipsec import (
    generate_psk,
    parse_dpd_action,
    parse_dpd_delay,
    parse_dpd_timeout,
    parse_exchange_mode,
    parse_gateway,
    parse_ike_version,
    parse_peer_id,
    parse_phase1_lifetime,
    parse_phase2_lifetime,
    parse_psk,
    parse_startup,
)
from simtui.views.tunnel.proposal import (
    parse_dh_groups,
    parse_encryption,
    parse_groups,
    parse_integrity,
    parse_pfs_groups,
)

KEY = st.text(string.ascii_letters + string.digits + "._", min_size=4, max_size=70)
"""Keys that are right, and such that are too short, too long or begin with 0."""


def refusal(parse: Callable[[str], object], text: str) -> UsageError:
    with pytest.raises(UsageError) as caught:
        parse(text)
    return caught.value


# Gateways and identities


@pytest.mark.parametrize(
    "text", ["203.0.113.9", "vpn.example.com", " vpn.example.com ", "a.b.", "xn--bcher-kva.example"]
)
def test_addresses_and_full_domain_names_are_gateways(text: str) -> None:
    assert parse_gateway(text) == text.strip()


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("", "A gateway is missing"),
        ("vpn hq.example.com", "a blank at character 4"),
        ("vpn_hq.example.com", "an underscore at character 4"),
        ("vpn", "no dot"),
        ("vpn.", "no dot"),
        ("203.0.113.0/24", "is a network"),
        ("203.0.113.9/32", "is a network"),
        ("https://vpn.example.com", "“:” at character 6"),
        ("2001:db8::1", "IPv6"),
        ("203.0.113.256", "not an IPv4 address"),
        ("203.0.113", "not an IPv4 address"),
        ("203.0.113.09", "not an IPv4 address"),
        (f"{'a' * 64}.example.com", "64 characters between two dots; 63 are allowed"),
        (f"{'a.' * 127}com", "257 characters"),
        ("vpn..example.com", "nothing before it"),
        ("-vpn.example.com", "hyphen"),
        ("vpn.example.42", "ends in a number"),
        ("bücher.example", "xn--"),
        ("vpn\x1b.example.com", "\\x1b"),
    ],
)
def test_what_cannot_be_a_gateway_is_refused_with_the_reason(text: str, reason: str) -> None:
    error = refusal(parse_gateway, text)
    assert reason in error.title
    assert "IPv4 address or a full domain name" in error.detail
    assert "vpn.example.com" in error.hint


def test_an_identity_may_also_be_user_at_domain_or_nothing() -> None:
    assert parse_peer_id("hq@example.com") == "hq@example.com"
    assert parse_peer_id("203.0.113.9") == "203.0.113.9"
    assert parse_peer_id("  ") is None


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("@example.com", "nothing before its @"),
        ("a b@example.com", "before its @"),
        ("hq@example", "no dot"),
        ("hq@203.0.113.9", "ends in a number"),
        ("hq", "no dot"),
    ],
)
def test_what_cannot_be_an_identity_is_refused_with_the_reason(text: str, reason: str) -> None:
    assert reason in refusal(parse_peer_id, text).title


HOSTLIKE = st.one_of(
    st.text(max_size=20),
    st.text("aZ0.-_ /@:", max_size=24),
    st.lists(st.text("ab-9", max_size=66), max_size=6).map(".".join),
    st.tuples(st.text("a.+ ", max_size=66), st.text("ab.9-", max_size=12)).map("@".join),
    st.ip_addresses(v=4).map(str),
)


def sandbox_takes(check: Callable[[str, str], None], text: str) -> bool:
    try:
        check("field", text)
    except Refused:
        return False
    return True


def reads(parse: Callable[[str], object], text: str) -> bool:
    try:
        parse(text)
    except UsageError:
        return False
    return True


@given(HOSTLIKE)
def test_gateways_are_those_that_the_sandbox_takes(text: str) -> None:
    assert reads(parse_gateway, text) == sandbox_takes(check_gateway, text.strip())


@given(HOSTLIKE)
def test_identities_are_those_that_the_sandbox_takes(text: str) -> None:
    assume(text.strip())
    assert reads(parse_peer_id, text) == sandbox_takes(check_peer_id, text.strip())


# The key


@pytest.mark.parametrize(
    ("key", "reason"),
    [
        ("short", "5 characters, which is too few"),
        ("abcdef7", "7 characters, which is too few"),
        ("a" * 65, "65 characters, which is too many"),
        ("0leading1", "begins with the digit zero"),
        ("abcd efgh", "Character 5 of the pre-shared key is a blank"),
        ("abcdefg-", "Character 8 of the pre-shared key is a sign"),
        ("abcdéfgh", "Character 5 of the pre-shared key is a letter"),
        ("abcdefg٣", "Character 8 of the pre-shared key is a digit"),
        ("abcdefg\x1b", "Character 8 of the pre-shared key is an invisible character"),
        ("", "missing"),
    ],
)
def test_a_wrong_key_is_refused_with_the_rule(key: str, reason: str) -> None:
    error = refusal(parse_psk, key)
    assert reason in error.title
    assert "8 to 64 characters" in error.detail
    assert error.hint


@pytest.mark.parametrize("key", ["abcd1234", "A" * 64, "._.a0000"])
def test_a_right_key_is_kept_whole_and_hidden(key: str) -> None:
    secret = parse_psk(key)
    assert secret.reveal() == key
    assert key not in repr(secret) + str(secret)


def same_shape(key: str) -> str:
    """Another key with the same kinds of characters in the same places."""
    turned = str.maketrans(
        string.ascii_letters + string.digits[1:] + "-é\n ",
        "q" * len(string.ascii_letters) + "7" * 9 + "+ö\r\t",
    )
    return key[:1].translate(turned) + key[1:].replace("0", "7").translate(turned)


@given(st.one_of(KEY, st.tuples(KEY, st.sampled_from("-é\n "), KEY).map("".join)))
def test_what_is_said_of_a_key_tells_only_its_shape(key: str) -> None:
    if reads(parse_psk, key):
        assert key not in repr(parse_psk(key))
        return
    error = refusal(parse_psk, key)
    assert str(error) == str(refusal(parse_psk, same_shape(key)))


@given(st.text("QXZ", min_size=4, max_size=6), st.text("-#QXZ", min_size=0, max_size=90))
def test_no_sentence_about_a_key_holds_a_part_of_it(part: str, rest: str) -> None:
    key = part + rest
    if not reads(parse_psk, key):
        said = str(refusal(parse_psk, key))
        assert not any(sign in said for sign in "QXZ#")


@given(st.text(max_size=70))
def test_keys_are_those_that_the_sandbox_takes(key: str) -> None:
    assert reads(parse_psk, key) == sandbox_takes(check_psk, key)


@given(KEY)
def test_plain_keys_are_those_that_the_sandbox_takes(key: str) -> None:
    assert reads(parse_psk, key) == sandbox_takes(check_psk, key)


def test_a_generated_key_keeps_the_rule_whatever_is_picked() -> None:
    for pick in (0, -1):
        key = generate_psk(lambda signs, at=pick: signs[at]).reveal()
        assert len(key) == 32
        parse_psk(key)
    assert generate_psk(lambda signs: "0" if "0" in signs else signs[0]).reveal()[0] != "0"


def test_generated_keys_differ() -> None:
    assert generate_psk() != generate_psk()


# Algorithms


@pytest.mark.parametrize(
    ("text", "ciphers"),
    [
        ("AES256", ("AES256",)),
        ("aes-256", ("AES256",)),
        ("aes 128", ("AES128",)),
        ("aes_128_cbc", ("AES128",)),
        ("AES256-GCM", ("AES256_GCM_16",)),
        ("aes-256-gcm-16", ("AES256_GCM_16",)),
        ("aes128gcm128", ("AES128_GCM_16",)),
        ("AES256_GCM_16, aes256", ("AES256_GCM_16", "AES256")),
        ("aes256,AES-256", ("AES256",)),
    ],
)
def test_ciphers_are_read_as_other_equipment_writes_them(
    text: str, ciphers: tuple[str, ...]
) -> None:
    assert parse_encryption(text) == ciphers


@pytest.mark.parametrize("text", ["AES192", "aes", "AES256-GCM-8", "DES", "AES256+SHA1"])
def test_ciphers_that_are_not_here_are_refused_with_those_that_are(text: str) -> None:
    error = refusal(parse_encryption, text)
    assert "no cipher" in error.title
    assert "AES128, AES256, AES128_GCM_16 and AES256_GCM_16" in error.detail


def test_a_cipher_is_needed() -> None:
    assert "missing" in refusal(parse_encryption, " , ").title


def test_triple_des_may_stay_and_not_be_chosen() -> None:
    kept = ("3DES", "AES128")
    assert parse_encryption("3des-cbc, aes128", kept) == kept
    for text in ("3DES", "AES128, 3DES", "3DES, AES128, AES256"):
        assert "3DES cannot be chosen" in refusal(lambda t: parse_encryption(t, kept), text).title
    assert "3DES cannot be chosen" in refusal(parse_encryption, "3DES").title


@pytest.mark.parametrize(
    ("text", "algorithms"),
    [
        ("sha256", ("SHA2_256",)),
        ("SHA2-384, hmac-sha2-512", ("SHA2_384", "SHA2_512")),
        ("sha1", ("SHA1",)),
        ("hmac-sha1-96", ("SHA1",)),
        ("hmac-sha-256-128", ("SHA2_256",)),
        ("", ()),
        ("none", ()),
    ],
)
def test_integrity_is_read_as_other_equipment_writes_it(
    text: str, algorithms: tuple[str, ...]
) -> None:
    assert parse_integrity(text) == algorithms


def test_unknown_integrity_is_refused() -> None:
    assert "“md5” is no integrity algorithm" in refusal(parse_integrity, "md5").title


@pytest.mark.parametrize(
    ("text", "groups"),
    [
        ("14", (14,)),
        ("group14", (14,)),
        ("Group 19, dh 20", (19, 20)),
        ("modp2048 ecp256", (14, 19)),
        ("14, modp2048", (14,)),
        ("OFF", ()),
        ("", ()),
    ],
)
def test_groups_are_read_by_number_and_by_name(text: str, groups: tuple[int, ...]) -> None:
    assert parse_pfs_groups(text) == groups


def test_a_group_that_is_not_offered_is_refused_with_those_that_are() -> None:
    error = refusal(parse_dh_groups, "5")
    assert "“5” is not offered here" in error.title
    assert "2, 14, 15" in error.detail
    assert "not a Diffie-Hellman group" in refusal(parse_pfs_groups, "fourteen").title
    assert "not a Diffie-Hellman group" in refusal(parse_pfs_groups, "off, 14").title
    assert parse_pfs_groups("5") == (5,)
    assert "14" in refusal(lambda text: parse_groups(text, {2, 14}), "19").detail


def test_phase_1_needs_a_group() -> None:
    assert "missing" in refusal(parse_dh_groups, "off").title


# Times and words


@pytest.mark.parametrize(
    ("parse", "low", "high"),
    [
        (parse_phase1_lifetime, 900, 28_800),
        (parse_phase2_lifetime, 900, 3_600),
        (parse_dpd_delay, 10, 300),
        (parse_dpd_timeout, 30, 86_400),
    ],
)
def test_times_have_their_limits(parse: Callable[[str], int], low: int, high: int) -> None:
    assert [parse(str(value)) for value in (low, high)] == [low, high]
    for wrong in (low - 1, high + 1):
        assert f"from {low} to {high}" in refusal(parse, str(wrong)).detail


def test_words_are_read_in_any_case_and_refused_with_the_others() -> None:
    assert [parse_ike_version(text) for text in ("ikev1", "2", "IKEv2")] == [
        "IKEV1",
        "IKEV2",
        "IKEV2",
    ]
    assert parse_dpd_action("clear") == "CLEAR"
    assert parse_startup(" respond ") == "RESPOND"
    parsers: list[Callable[[str], str]] = [parse_ike_version, parse_dpd_action, parse_startup]
    for parse, text in itertools.product(parsers, ("", "3", "HOLD")):
        assert " or " in refusal(parse, text).detail


def test_only_ikev1_has_an_aggressive_mode() -> None:
    assert parse_exchange_mode("aggressive", "IKEV1") == "AGGRESSIVE"
    error = refusal(lambda text: parse_exchange_mode(text, "IKEV2"), "aggressive")
    assert "AGGRESSIVE is a mode of IKEV1" in error.title
