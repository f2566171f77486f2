"""The rules of a chain in files (contract §3.5, §9)."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import Final

from simtui.errors import UsageError
from simtui.models.settings import Chain, RuleSettings
from simtui.views.fields.cidr import ANY, parse_any_cidr
from simtui.views.fields.ports import has_ports, parse_ports, parse_protocol
from simtui.views.fields.text import parse_comment
from simtui.views.files.adopt import adopted, counterpart
from simtui.views.files.intended import Meant, list_items
from simtui.views.files.mistakes import Mistakes, Place
from simtui.views.plan.wording import named

RULES_PER_CHAIN: Final = 100
"""How long a chain can be (contract §3.5)."""

_ACTIONS: Final = ("ALLOW", "DROP", "REJECT")


def checked_chain(one: Meant, chain: Chain, mistakes: Mistakes) -> Chain:
    """The chain in the spelling of the API; a rule without an id that is there keeps its own."""
    before = list_items(one.before.settings if one.before else None)
    if len(chain.items) > max(RULES_PER_CHAIN, len(before)):
        mistakes.add(
            one.place,
            "",
            f"{len(chain.items)} rules are too many. A chain has at most {RULES_PER_CHAIN}. "
            "Join rules whose ports or networks can be joined",
        )
    items = tuple(
        _checked_rule(rule, counterpart(rule, before), one.place.item(number), mistakes)
        for number, rule in enumerate(chain.items, 1)
    )
    return Chain(adopted(items, before))


def _checked_rule(
    rule: RuleSettings, before: RuleSettings | None, place: Place, mistakes: Mistakes
) -> RuleSettings:
    wanted: dict[str, str] = {}
    for key, parse in _PARSERS.items():
        text: str = getattr(rule, key)
        if before is None or text != getattr(before, key):
            wanted[key] = mistakes.checked(place, key, parse, text, text)
    found = replace(rule, **wanted)  # type: ignore[arg-type]
    for key in ("src_ports", "dst_ports"):
        if found != before and getattr(found, key) != ANY and not has_ports(found.protocol):
            mistakes.add(
                place,
                key,
                f"protocol {named(found.protocol)} has no ports. Ports go with TCP, UDP and other "
                "protocols that have them. Leave the ports out, or name the protocol: TCP",
            )
    return found


def _parse_action(text: str) -> str:
    word = text.strip().upper()
    if word in _ACTIONS:
        return word
    raise UsageError(
        f"“{named(text)}” is no action",
        f"A rule does one of {', '.join(_ACTIONS)}",
        f"For example {_ACTIONS[0]}",
    )


_PARSERS: Final[Mapping[str, Callable[[str], str]]] = {
    "action": _parse_action,
    "protocol": parse_protocol,
    "src_cidr": parse_any_cidr,
    "src_ports": parse_ports,
    "dst_cidr": parse_any_cidr,
    "dst_ports": parse_ports,
    "comment": parse_comment,
}
