"""Whether earlier rules match all that a rule matches, and which of them do.

Exact, by taking away: what one earlier rule leaves of a region is at most five regions,
and each of those has to be matched by the other earlier rules. That can take long for
rules made to be nasty, so there is a budget; when it is used up the answer is that it is
not known.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Final, TypeAlias

from simtui.views.firewall.grid import Gridded, Region, contains

MOST_STEPS: Final = 20_000
"""Steps that one question may take: a step is one rule held against one region."""

_DIMENSIONS: Final = range(5)
_NOTHING: Final[Region] = (0, 0, 0, 0, 0)
_Rules: TypeAlias = Mapping[int, Region]


class OutOfSteps(Exception):
    """The budget is used up."""


class Steps:
    """A budget of steps."""

    __slots__ = ("left",)

    def __init__(self, most: int = MOST_STEPS) -> None:
        self.left = most

    def take(self, count: int) -> None:
        """Use up ``count`` steps.

        Raises:
            OutOfSteps: when there are not so many left.
        """
        if count > self.left:
            raise OutOfSteps
        self.left -= count


@dataclass(frozen=True, slots=True)
class Cover:
    """Whether a rule is hidden, None when that took too many steps, and ``by`` which rules.

    ``by`` is one rule when one is enough, the first such; otherwise none of them can be
    left out, unless the budget ended before that was found.
    """

    hidden: bool | None
    by: tuple[int, ...] = ()


def cover_of(target: Gridded, earlier: Mapping[int, Gridded], steps: Steps) -> Cover:
    """Which of ``earlier``, by any number, together match every packet of ``target``."""
    for number, rule in earlier.items():
        if all(contains(rule.whole, part) for part in target.parts):
            return Cover(True, (number,))
    used: set[int] = set()
    rules = {number: rule.whole for number, rule in earlier.items()}
    try:
        hidden = all(_is_covered(part, rules, used, steps) for part in target.parts)
    except OutOfSteps:
        return Cover(None)
    if not hidden:
        return Cover(False)
    return Cover(True, _needed(target, {number: rules[number] for number in used}, steps))


def _needed(target: Gridded, rules: _Rules, steps: Steps) -> tuple[int, ...]:
    """Of rules that together match ``target``, those that cannot be left out; late ones go."""
    kept = dict(sorted(rules.items()))
    for number in sorted(rules, reverse=True):
        fewer = {other: region for other, region in kept.items() if other != number}
        try:
            if all(_is_covered(part, fewer, set(), steps) for part in target.parts):
                kept = fewer
        except OutOfSteps:
            break
    return tuple(kept)


def _is_covered(region: Region, rules: _Rules, used: set[int], steps: Steps) -> bool:
    """Whether ``rules`` match all of ``region``; adds those that it is told by to ``used``."""
    steps.take(len(rules))
    near = {number: cut for number, rule in rules.items() if all(cut := _common(region, rule))}
    if not near or _has_a_bare_side(region, near):
        return False
    rest = _trimmed(region, near, used)
    if not all(rest):
        return True
    if rest != region:
        return _is_covered(rest, near, used, steps)
    number = min(near, key=lambda number: _sides_left(region, near[number]))
    used.add(number)
    cut = near.pop(number)
    return all(_is_covered(piece, near, used, steps) for piece in _pieces(region, cut))


def _trimmed(region: Region, near: dict[int, Region], used: set[int]) -> Region:
    """The region without what rules cut off its sides in one piece, which takes no split.

    These rules go from ``near`` to ``used``. Something empty is left when nothing is.
    """
    for number, rule in tuple(near.items()):
        cut = _common(region, rule)
        if not all(cut) or _sides_left(region, cut) > 1:
            continue
        used.add(number)
        del near[number]
        region = next(_pieces(region, cut), _NOTHING)
        if region == _NOTHING:
            break
    return region


def _common(one: Region, other: Region) -> Region:
    return (
        one[0] & other[0],
        one[1] & other[1],
        one[2] & other[2],
        one[3] & other[3],
        one[4] & other[4],
    )


def _has_a_bare_side(region: Region, near: _Rules) -> bool:
    """Whether there is, in some dimension, a part of the region that no rule reaches at all."""
    reached = [0, 0, 0, 0, 0]
    for cut in near.values():
        for side in _DIMENSIONS:
            reached[side] |= cut[side]
    return any(reached[side] != region[side] for side in _DIMENSIONS)


def _sides_left(region: Region, cut: Region) -> int:
    """In how many dimensions ``cut`` leaves something of the region: as many pieces remain."""
    return sum(cut[side] != region[side] for side in _DIMENSIONS)


def _pieces(region: Region, cut: Region) -> Iterator[Region]:
    """What is left of the region without ``cut``, which lies in it; no two pieces meet."""
    rest = list(region)
    for side in _DIMENSIONS:
        piece = list(rest)
        piece[side] = region[side] & ~cut[side]
        if piece[side]:
            protocols, src, src_ports, dst, dst_ports = piece
            yield protocols, src, src_ports, dst, dst_ports
        rest[side] = cut[side]
