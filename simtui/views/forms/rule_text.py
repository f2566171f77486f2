"""One filter rule on one line (contract §3.5)."""

from __future__ import annotations

from simtui.models.settings import RuleSettings
from simtui.views.fields.cidr import ANY
from simtui.views.plan.wording import named
from simtui.views.text import clean


def rule_text(rule: RuleSettings) -> str:
    """``DROP TCP 10.0.0.0/8 → ANY :22``, with ``(off)`` and the comment behind it."""
    parts = [
        named(rule.action),
        named(rule.protocol),
        _end(rule.src_cidr, rule.src_ports),
        "→",
        _end(rule.dst_cidr, rule.dst_ports),
    ]
    if not rule.enabled:
        parts.append("(off)")
    if rule.comment:
        parts.append(f"# {clean(rule.comment)}")
    return " ".join(parts)


def rule_sentence(rule: RuleSettings) -> str:
    """``DROP tcp from anywhere to 10.0.0.0/8 port 22``."""
    protocol = "everything" if rule.protocol == ANY else named(rule.protocol).lower()
    if protocol.isdigit():
        protocol = f"protocol {protocol}"
    source = _end_words(rule.src_cidr, rule.src_ports)
    destination = _end_words(rule.dst_cidr, rule.dst_ports)
    off = "" if rule.enabled else " (off)"
    return f"{named(rule.action)} {protocol} from {source} to {destination}{off}"


def _end(cidr: str, ports: str) -> str:
    return named(cidr) if ports == ANY else f"{named(cidr)} :{clean(ports)}"


def _end_words(cidr: str, ports: str) -> str:
    where = "anywhere" if cidr == ANY else named(cidr)
    if ports == ANY:
        return where
    word = "port" if ports.isdigit() else "ports"
    return f"{where} {word} {clean(ports)}"
