"""An IPsec tunnel in files: peers, both phases and selectors (contract §3.7)."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import replace
from functools import partial
from typing import Any, Final

from simtui.models.settings import TunnelSettings
from simtui.models.tunnel import Dpd, Phase1, Phase2
from simtui.views.fields.ipsec import (
    parse_dpd_action,
    parse_dpd_delay,
    parse_dpd_timeout,
    parse_exchange_mode,
    parse_gateway,
    parse_ike_version,
    parse_peer_id,
    parse_phase1_lifetime,
    parse_phase2_lifetime,
    parse_startup,
)
from simtui.views.fields.text import parse_description, parse_name
from simtui.views.files.check_selectors import checked_selectors
from simtui.views.files.intended import Intended, Meant
from simtui.views.files.mistakes import Mistakes, Place
from simtui.views.tunnel.algorithms import AUTHENTICATED
from simtui.views.tunnel.proposal import (
    parse_dh_groups,
    parse_encryption,
    parse_integrity,
    parse_pfs_groups,
)

_Parsers = Mapping[str, Callable[[str], Any]]

_TEXTS: Final[_Parsers] = {
    "name": parse_name,
    "description": parse_description,
    "remote_gateway": parse_gateway,
    "local_id": parse_peer_id,
    "remote_id": parse_peer_id,
    "ike_version": parse_ike_version,
    "startup_action": parse_startup,
}
_PHASE1: Final[_Parsers] = {
    "integrity": parse_integrity,
    "dh_groups": parse_dh_groups,
    "lifetime_seconds": parse_phase1_lifetime,
}
_PHASE2: Final[_Parsers] = {
    "integrity": parse_integrity,
    "pfs_groups": parse_pfs_groups,
    "lifetime_seconds": parse_phase2_lifetime,
}
_DPD: Final[_Parsers] = {
    "delay_seconds": parse_dpd_delay,
    "timeout_seconds": parse_dpd_timeout,
    "action": parse_dpd_action,
}


def checked_tunnel(
    one: Meant, tunnel: TunnelSettings, intended: Intended, mistakes: Mistakes
) -> TunnelSettings:
    """The tunnel in the spelling of the API, with the identities and pools that it implies."""
    before = one.before.settings if one.before else None
    had = before if isinstance(before, TunnelSettings) else None
    stated = _with_identities(one, tunnel, had, intended)
    check = partial(_checked, mistakes=mistakes)
    wanted: TunnelSettings = check(stated, had, one.place, _TEXTS)
    kept = (had.phase1.encryption, had.phase2.encryption) if had else ((), ())
    ciphers = [{"encryption": partial(parse_encryption, kept=each)} for each in kept]
    phase1: Phase1 = check(
        wanted.phase1, had and had.phase1, one.place.of("phase1"), {**ciphers[0], **_PHASE1}
    )
    phase2: Phase2 = check(
        wanted.phase2, had and had.phase2, one.place.of("phase2"), {**ciphers[1], **_PHASE2}
    )
    dpd: Dpd = check(wanted.dpd, had and had.dpd, one.place.of("dpd"), _DPD)
    wanted = replace(wanted, phase1=phase1, phase2=phase2, dpd=dpd)
    modes = (wanted.exchange_mode, wanted.ike_version)
    if had is None or modes != (had.exchange_mode, had.ike_version):
        parse_mode = partial(parse_exchange_mode, ike_version=wanted.ike_version)
        mode = mistakes.checked(one.place, "exchange_mode", parse_mode, modes[0], modes[0])
        wanted = replace(wanted, exchange_mode=mode)
    wanted = checked_selectors(one, wanted, had, intended, mistakes)
    for place, key, what in _contradictions(wanted, had, one.place):
        mistakes.add(place, key, what)
    return wanted


def _with_identities(
    one: Meant, tunnel: TunnelSettings, had: TunnelSettings | None, intended: Intended
) -> TunnelSettings:
    """An identity that is left out is the address of its gateway (contract §3.7)."""
    model = intended.configuration.tunnel(one.ref)
    if model is None or had is None:
        return tunnel
    own = model.local_gateway if had.local_id is not None else None
    other = tunnel.remote_gateway if had.remote_id is not None else None
    return replace(
        tunnel,
        local_id=tunnel.local_id if tunnel.local_id is not None else own,
        remote_id=tunnel.remote_id if tunnel.remote_id is not None else other,
    )


def _checked(part: Any, had: Any, place: Place, parsers: _Parsers, *, mistakes: Mistakes) -> Any:
    """A tunnel, a phase or DPD with what its parsers make of the values that are new."""
    wanted = {}
    for key, parse in parsers.items():
        value = getattr(part, key)
        if value is not None and (had is None or value != getattr(had, key)):
            wanted[key] = mistakes.checked(place, key, parse, _typed(value), value)
    return replace(part, **wanted)


def _typed(value: object) -> str:
    """A value as a person would type it."""
    if isinstance(value, Sequence) and not isinstance(value, str):
        return ", ".join(map(str, value))
    return str(value)


def _contradictions(
    wanted: TunnelSettings, had: TunnelSettings | None, place: Place
) -> Iterator[tuple[Place, str, str]]:
    """What each is right by itself and wrong beside the other, as far as it is new."""
    one, two = wanted.phase1, wanted.phase2
    lives = (one.lifetime_seconds, two.lifetime_seconds)
    if two.lifetime_seconds >= one.lifetime_seconds and (
        had is None or lives != (had.phase1.lifetime_seconds, had.phase2.lifetime_seconds)
    ):
        yield (
            place.of("phase2"),
            "lifetime_seconds",
            f"{two.lifetime_seconds} is not below the lifetime of phase 1, {one.lifetime_seconds}. "
            "Phase 2 ends sooner. For example 3600 beside 28800",
        )
    for number, phase, was in ((1, one, had and had.phase1), (2, two, had and had.phase2)):
        bare = set(phase.encryption) - AUTHENTICATED
        if bare and not phase.integrity and phase != was:
            yield (
                place.of(f"phase{number}"),
                "integrity",
                f"{sorted(bare)[0]} needs an integrity algorithm. Only the GCM ciphers protect "
                'integrity themselves. For example integrity = ["SHA2_256"]',
            )
