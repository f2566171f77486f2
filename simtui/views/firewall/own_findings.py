"""What is wrong with a rule by itself, whatever stands before it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import pairwise

from simtui.models.settings import RuleSettings
from simtui.views.firewall.evaluate import RuleAction
from simtui.views.firewall.finding import Code, Finding
from simtui.views.firewall.match import PORTED, Match
from simtui.views.firewall.reading import ANY_PORTS, LAST_PROTOCOL, Span, span_of
from simtui.views.plan.wording import listed
from simtui.views.text import clean

_TEXT_LIMIT = 24


def unreadable(index: int, reason: str) -> Finding:
    """A rule of which no one can say what it matches."""
    text = f"cannot be read, and is taken to match nothing: {reason}"
    return Finding(index, Code.UNREADABLE, "bad", text)


def own_findings(
    index: int, rule: RuleSettings, match: Match, chain_name: str, pools: Sequence[str]
) -> Iterator[Finding]:
    """What is wrong with a rule that can be read."""
    if rule.action not in RuleAction.ALL:
        action = clean(rule.action, _TEXT_LIMIT)
        text = f"what it does cannot be read: {action} is not ALLOW, DROP or REJECT"
        yield Finding(index, Code.UNREADABLE, "bad", text)
    yield from _ports_without_ports(index, rule, match)
    yield from _overlapping_ranges(index, match)
    yield from _outside_pools(index, rule, match, chain_name, pools)


def _ports_without_ports(index: int, rule: RuleSettings, match: Match) -> Iterator[Finding]:
    """Ports forbidden with ICMP and ANY (contract §3.5); for others without ports useless."""
    if match.src_ports == match.dst_ports == ANY_PORTS:
        return
    protocol = clean(rule.protocol.strip().upper(), _TEXT_LIMIT)
    text = ""
    if match.protocols == (0, LAST_PROTOCOL):
        text = f"ports with {protocol}: the API refuses them; choose a protocol such as TCP"
    elif match.protocols[0] not in PORTED:
        text = f"matches nothing: {_named(protocol)} has no ports; they have to be ANY"
    if text:
        yield Finding(index, Code.PORTS_WITHOUT_PORTS, "bad", text)


def _named(protocol: str) -> str:
    return f"protocol {protocol}" if protocol.isdigit() else protocol


def _overlapping_ranges(index: int, match: Match) -> Iterator[Finding]:
    sides = (("source", match.src_ports), ("destination", match.dst_ports))
    for side, spans in sides:
        for one, other in pairwise(sorted(spans)):
            if one[1] >= other[0]:
                text = f"{side} ports {_span_text(one)} and {_span_text(other)} overlap"
                yield Finding(index, Code.OVERLAPPING_RANGES, "note", text)
                break


def _outside_pools(
    index: int, rule: RuleSettings, match: Match, chain_name: str, pools: Sequence[str]
) -> Iterator[Finding]:
    """Nothing while a pool cannot be read: it may be the one that fits."""
    inbound = chain_name == "INBOUND"
    own = match.dst if inbound else match.src
    spans = [span_of(pool) for pool in pools]
    if not spans or any(span is None or _meet(span, own) for span in spans):
        return
    side = "destination" if inbound else "source"
    cidr = clean(rule.dst_cidr if inbound else rule.src_cidr, _TEXT_LIMIT)
    text = f"can never match: its {side} {cidr} is in none of the pools {listed(pools)}"
    yield Finding(index, Code.NEVER_MATCHES_POOLS, "warn", text)


def _meet(one: Span, other: Span) -> bool:
    return one[0] <= other[1] and other[0] <= one[1]


def _span_text(span: Span) -> str:
    return str(span[0]) if span[0] == span[1] else f"{span[0]}-{span[1]}"
