"""What editing a chain of a hundred rules takes: judged, walked through, compared, kept.

The yardsticks: every pair of rules looked at once, a loop over the rules, the chain written as
JSON, and the same bytes on the disk with nothing made of them.
"""

from __future__ import annotations

import asyncio
import json
import os
import random
from dataclasses import replace
from itertools import combinations
from pathlib import Path

from benchmarks.acting_bench import median_ms
from benchmarks.job import Job
from benchmarks.report import Figure
from simtui.clock import SystemClock
from simtui.errors import SimtuiError
from simtui.models.config_change import Kind, Ref
from simtui.models.plain import plain_of
from simtui.models.settings import Chain, RuleSettings
from simtui.store.drafts import Draft, Drafts
from simtui.views.config.items import item_changes
from simtui.views.firewall.lint import lint
from simtui.views.packet.probe import Probe
from simtui.views.packet.scene import Scene
from simtui.views.packet.walk import walk

SECTION = "a chain of 100 rules"
RULES = 100
PORTS_A_RULE = 5


def chain(seed: int = 7) -> Chain:
    """Rules that overlap each other in every way, the most a chain may have (contract §3.5)."""
    dice = random.Random(seed)
    return Chain(tuple(_rule(dice, number) for number in range(RULES)))


def _rule(dice: random.Random, number: int) -> RuleSettings:
    starts = sorted(dice.sample(range(1, 60_000), PORTS_A_RULE))
    return RuleSettings(
        dice.choice(("ALLOW", "DROP")),
        dice.choice(("TCP", "UDP")),
        src_cidr=f"10.{dice.randrange(4)}.0.0/{dice.choice((16, 16, 24))}",
        dst_cidr=f"10.{8 + dice.randrange(4)}.0.0/16",
        dst_ports=",".join(f"{start}-{start + 300}" for start in starts),
        rule_id=f"r_{number}",
    )


def judging(rules: Chain, repeats: int) -> list[Figure]:
    """What is said while a rule is typed."""
    took = median_ms(lambda: lint("INBOUND", rules.items), repeats)
    bare = median_ms(lambda: [one == two for one, two in combinations(rules.items, 2)], repeats)
    return [Figure(SECTION, "lint", took, "ms", bare, "every pair once")]


def walking(rules: Chain, repeats: int) -> list[Figure]:
    """One packet that no rule matches."""
    scene = Scene(SystemClock().now(), inbound=rules.items, outbound=rules.items)
    probe = Probe("TO_THING", "TCP", "192.0.2.1", "10.9.0.1", dst_port=443)
    took = median_ms(lambda: walk(probe, scene), repeats)
    bare = median_ms(lambda: [rule.dst_cidr for rule in rules.items], repeats)
    return [Figure(SECTION, "packet walk", took, "ms", bare, "a loop over the rules")]


def comparing(rules: Chain, repeats: int) -> list[Figure]:
    """What became of each rule, after half of them have moved."""
    mine = replace(rules, items=(*rules.items[1::2], *rules.items[::2]))
    took = median_ms(lambda: item_changes(rules, mine), repeats)
    bare = median_ms(lambda: json.dumps(plain_of(mine)), repeats)
    return [Figure(SECTION, "difference", took, "ms", bare, "the chain as JSON")]


def keeping(rules: Chain, folder: Path, repeats: int) -> list[Figure]:
    """The unsaved edit on the disk, from the step to the file."""
    clock = SystemClock()

    def complain(error: SimtuiError) -> None:
        raise error

    async def once() -> None:
        drafts = Drafts(folder / "drafts", "bench", clock, complain)
        plain = plain_of(rules)
        ref = Ref(Kind.CHAIN, "INBOUND", "ip_1")
        drafts.keep(Draft(ref, "INBOUND", clock.now(), 1, plain, plain))
        await drafts.close()

    took = median_ms(lambda: asyncio.run(once()), repeats)
    text = json.dumps(plain_of(rules)).encode() * 2
    bare = median_ms(lambda: _on_the_disk(folder / "bare", text), repeats)
    return [Figure(SECTION, "draft on the disk", took, "ms", bare, "the same bytes with fsync")]


def _on_the_disk(path: Path, text: bytes) -> None:
    with path.open("wb", buffering=0) as file:
        file.write(text)
        os.fsync(file.fileno())
    path.unlink()


def measure(job: Job) -> list[Figure]:
    """Everything; the fleet does not matter."""
    rules = chain()
    return [
        *judging(rules, job.repeats),
        *walking(rules, job.repeats),
        *comparing(rules, job.repeats),
        *keeping(rules, job.folder, job.repeats),
    ]
