"""The limits of the account and of each network, beside what is in use (contract §2, §3.4)."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from typing import Final, TypeAlias

from simtui.models import Account, Network, NetworkLimits
from simtui.views.amounts import NOTHING, count_text
from simtui.views.cell import Cell, Tone
from simtui.views.detail.section import Section
from simtui.views.plan.wording import named

_LABELS: Final[Mapping[str, str]] = {
    "users": "Users",
    "things_groups": "Groups",
    "networks": "Networks",
    "ip_profiles": "IP profiles",
    "rules_per_chain": "Rules",
}
_WORDS: Final[Mapping[str, str]] = {"rules_per_chain": " in the longest chain"}
"""What a count is of, where its label does not say."""
_EACH: Final[Mapping[str, tuple[str, str]]] = {
    "tags_per_thing": ("Tags", "{} on a Thing"),
    "bulk_thing_ids": ("Bulk", "{} Things by id in one request"),
}
"""Limits of one thing at a time, of which nothing is in use."""
_PARTS: Final[Mapping[str, str]] = {
    "ip_pools": "pools",
    "nat_rules": "NAT",
    "tunnels": "IPsec",
    "routes": "routes",
}
_WARNS_AT: Final = 0.8
Limits: TypeAlias = tuple[int | None, ...]
"""In the order of the parts."""


@dataclass(frozen=True, slots=True)
class InUse:
    """What is in use of a network's parts; None is not known here."""

    ip_pools: int | None = None
    nat_rules: int | None = None
    tunnels: int | None = None
    routes: int | None = None


def limits_section(
    account: Account | None, counts: Mapping[str, int | None], things: int | None
) -> Section:
    """The limits of the account; ``counts`` are what is in use, by the names of the limits."""
    limits = account.limits if account is not None else {}
    rows = [("Things", Cell(f"{count_text(things)}, the API tells no limit", "dim"))]
    for name, label in _LABELS.items():
        rows.append((label, _of(counts.get(name), limits.get(name), _WORDS.get(name, ""))))
    rows += _others(limits)
    return Section("Limits and what is in use", tuple(rows))


def networks_section(
    networks: Collection[Network], in_use: Mapping[str, InUse], account: Account | None
) -> Section:
    """One row a network, ``in_use`` by its id; limits that are the same for all are told once."""
    title = "Limits of each network"
    limits = {
        one.network_id: _limits_of(one.limits, account.limits if account is not None else {})
        for one in networks
    }
    if not limits:
        return Section(title, note="There is no network here yet.")
    every = sorted(networks, key=lambda one: one.name.casefold())
    common = len(set(limits.values())) == 1
    rows = [("At most", Cell(_each(limits[every[0].network_id]), "dim"))] if common else []
    for one in every:
        used = in_use.get(one.network_id, InUse())
        rows.append((named(one.name), _network(used, limits[one.network_id], short=common)))
    unknown = any(None in _counts(in_use.get(key, InUse())) for key in limits)
    note = f"{NOTHING} is not known yet: it is read when the network is opened (4)."
    return Section(title, tuple(rows), note if unknown else "")


def _others(limits: Mapping[str, int]) -> Iterator[tuple[str, Cell]]:
    for name, limit in limits.items():
        if name in _EACH:
            label, words = _EACH[name]
            yield label, Cell(f"at most {words.format(count_text(limit))}", "dim")
        elif name not in _LABELS and name not in _PARTS:
            yield named(name.replace("_", " ")), Cell(f"at most {count_text(limit)}", "dim")


def _of(count: int | None, limit: int | None, words: str) -> Cell:
    if limit is None:
        return Cell(f"{count_text(count)}{words}, no limit told", "dim")
    if count is None:
        return Cell(f"{NOTHING} of {count_text(limit)}, not known here", "dim")
    text = f"{count_text(count)} of {count_text(limit)}{words}"
    tone = _tone(count, limit)
    return Cell(f"{text}, {'full' if tone == 'bad' else 'nearly full'}" if tone else text, tone)


def _tone(count: int, limit: int) -> Tone:
    if count >= limit:
        return "bad"
    return "warn" if count >= limit * _WARNS_AT else ""


def _limits_of(own: NetworkLimits | None, account: Mapping[str, int]) -> Limits:
    """Those of the network, else what the account says."""
    if own is None:
        return tuple(account.get(name) for name in _PARTS)
    return tuple(getattr(own, name) for name in _PARTS)


def _counts(in_use: InUse) -> tuple[int | None, ...]:
    return tuple(getattr(in_use, name) for name in _PARTS)


def _each(limits: Limits) -> str:
    parts = zip(_PARTS.values(), limits, strict=True)
    return " · ".join(f"{word} {count_text(limit)}" for word, limit in parts)


def _network(in_use: InUse, limits: Limits, *, short: bool) -> Cell:
    """``pools 1/16 · NAT 4/200 …``; ``short`` without the limits."""
    texts: list[str] = []
    tones: set[Tone] = set()
    for word, count, limit in zip(_PARTS.values(), _counts(in_use), limits, strict=True):
        tone: Tone = _tone(count, limit) if count is not None and limit is not None else ""
        of = "" if short else f"/{count_text(limit)}"
        texts.append(f"{word} {count_text(count)}{of}{' full' if tone == 'bad' else ''}")
        tones.add(tone)
    worst: Tone = "bad" if "bad" in tones else "warn" if "warn" in tones else ""
    return Cell(" · ".join(texts), worst)
