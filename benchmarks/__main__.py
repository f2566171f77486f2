"""``python -m benchmarks [sizes …] [--json FILE]``: everything, beside its yardsticks.

Each section runs in a process of its own, so that memory and garbage of one do not weigh
on the next.
"""

from __future__ import annotations

import argparse
import sys
import tempfile
from collections.abc import Iterator, Sequence
from pathlib import Path

from benchmarks.job import Job
from benchmarks.replay import replaying
from benchmarks.report import Figure, heading, lines, machine, machine_line, write_json
from benchmarks.sections import LARGE, SECTIONS, SectionFailed, run_apart

SIZES = (1_000, 10_000, 100_000, 1_000_000)
REPEATS, REPEATS_OF_LARGE = 9, 3


def measured(things: int, names: Sequence[str], repeats: int) -> Iterator[list[Figure]]:
    """The figures of one size, section by section as they come."""
    with tempfile.TemporaryDirectory(prefix="simtui-bench-") as folder, replaying(things) as port:
        few = min(repeats, REPEATS_OF_LARGE)
        job = Job(things, port, Path(folder), few if things > LARGE else repeats)
        for name in names:
            yield run_apart(name, job)


def main(arguments: Sequence[str] | None = None) -> int:
    """Measure, print, and keep when asked to."""
    asked = _parser().parse_args(arguments)
    facts = machine()
    print(machine_line(facts))
    kept: dict[int, list[Figure]] = {}
    for things in asked.sizes or SIZES:
        print(f"\n{heading(things)}", flush=True)
        kept[things] = []
        try:
            for figures in measured(things, _names(asked.only), asked.repeats):
                kept[things] += figures
                print("\n".join(lines(figures)), flush=True)
        except SectionFailed as failure:
            print(failure, file=sys.stderr)
            return 1
    if asked.json:
        write_json(asked.json, facts, kept)
    return 0


def _names(only: Sequence[str]) -> Sequence[str]:
    """The sections that were asked for; the first always runs, it leaves the snapshot."""
    first, *rest = SECTIONS
    return [first, *(name for name in rest if not only or name in only)]


def _size(text: str) -> int:
    number = int(text.replace(",", "").replace("_", "").replace("k", "000").replace("M", "000000"))
    if number < 10:
        raise argparse.ArgumentTypeError("a fleet has at least 10 Things")
    return number


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m benchmarks", description=__doc__)
    parser.add_argument(
        "sizes", nargs="*", type=_size, help="how many Things: 1000, 10k, 1M (usually all of them)"
    )
    parser.add_argument("--json", type=Path, metavar="FILE", help="keep the figures in a file")
    parser.add_argument(
        "--only", nargs="+", choices=tuple(SECTIONS), default=(), help="sections, beside the load"
    )
    parser.add_argument(
        "--repeats", type=int, default=REPEATS, help="tries of which medians are taken"
    )
    return parser


if __name__ == "__main__":
    sys.exit(main())
