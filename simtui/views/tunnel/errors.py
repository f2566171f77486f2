"""The last error of a tunnel in words, and which settings to lay side by side (contract §3.7)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from simtui.models.tunnel import Tunnel
from simtui.views.text import clean
from simtui.views.tunnel.values import VALUES


@dataclass(frozen=True, slots=True)
class ErrorWords:
    """An error of IKE: what it is in a few words, what it means, and what to compare.

    ``compare`` are names of ``values.VALUES``. All of it is safe to print.
    """

    title: str
    meaning: str
    compare: tuple[str, ...] = ()


_PHASE_1 = ("IKE version", "exchange mode", "phase 1 encryption", "phase 1 integrity")
_PHASE_1_PROPOSAL: Final = (*_PHASE_1, "phase 1 DH groups")
_PHASE_2_PROPOSAL: Final = ("phase 2 encryption", "phase 2 integrity", "phase 2 PFS groups")

_NO_PROPOSAL: Final = "NO_PROPOSAL_CHOSEN"
_ERRORS: Final[Mapping[str, ErrorWords]] = {
    "NO_RESPONSE": ErrorWords(
        "no answer",
        "Nothing comes back from the other gateway: its address is wrong, it is down, it does"
        " not know our address, or a firewall between drops UDP 500 and 4500",
        ("remote gateway", "our gateway", "IKE version", "start"),
    ),
    "PSK_MISMATCH": ErrorWords(
        "keys differ",
        "The other side has another pre-shared key for us, or has it under another identity;"
        " a key cannot be read back, so set the same new one on both sides",
        ("key set", "our id", "remote id"),
    ),
    _NO_PROPOSAL: ErrorWords(
        "no proposal",
        "No combination of algorithms that we offer is one that the other side takes: of each"
        " list at least one must be the same on both sides",
        (*_PHASE_1_PROPOSAL, *_PHASE_2_PROPOSAL),
    ),
    "TS_UNACCEPTABLE": ErrorWords(
        "nets differ",
        "Phase 1 stands, but the other side does not take our traffic selectors: our nets must"
        " be its remote nets and the other way round, prefix for prefix",
        ("our nets", "remote nets"),
    ),
    "DPD_TIMEOUT": ErrorWords(
        "peer lost",
        "The tunnel stood and then the other side fell silent: its gateway or its line went"
        " down, or a firewall or NAT between forgot the connection",
        ("remote gateway", "DPD", "start"),
    ),
    "AUTH_FAILED": ErrorWords(
        "not accepted",
        "The other side answers but does not accept who we are: the identity that one side"
        " sends is not the one that the other expects, or the key is not the same",
        ("our id", "remote id", "key set", "IKE version"),
    ),
}


def error_words(code: str) -> ErrorWords:
    """What an error means; one that the contract does not have is shown as it is."""
    known = _ERRORS.get(code)
    if known is not None:
        return known
    shown = clean(code, 64)
    return ErrorWords(shown, f"{shown} is not known to this version")


def what_to_compare(tunnel: Tunnel) -> tuple[str, ...]:
    """Our own values of what the last error is about, as ``our nets: 10.0.4.0/24``.

    Where phase 1 stands, the proposal that was refused is that of phase 2.
    """
    status = tunnel.status
    if status is None or not status.last_error:
        return ()
    names = error_words(status.last_error).compare
    if status.last_error == _NO_PROPOSAL and status.phase1_up:
        names = _PHASE_2_PROPOSAL
    return tuple(f"{name}: {VALUES[name](tunnel)}" for name in names)
