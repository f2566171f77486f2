"""The sections of the benchmark, and the running of one in a process of its own.

``python -m benchmarks.sections NAME THINGS PORT FOLDER REPEATS`` prints its figures as JSON.
"""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Callable
from dataclasses import asdict
from pathlib import Path

from benchmarks import (
    acting_bench,
    billing_bench,
    blast_bench,
    config_bench,
    filter_bench,
    history_bench,
    keys_bench,
    load_bench,
    memory_bench,
    screen_bench,
    snapshot_bench,
    start_bench,
)
from benchmarks.job import Job
from benchmarks.report import Figure

SECTIONS: dict[str, Callable[[Job], list[Figure]]] = {
    "load": load_bench.distant,
    "load-near": load_bench.near,
    "load-screen": screen_bench.measure,
    "memory": memory_bench.measure,
    "filter": filter_bench.measure,
    "keys": keys_bench.measure,
    "acting": acting_bench.measure,
    "config": config_bench.measure,
    "billing": billing_bench.measure,
    "history": history_bench.measure,
    "blast": blast_bench.measure,
    "snapshot": snapshot_bench.measure,
    "start": start_bench.measure,
}
"""By name, in order: the first leaves the snapshot that later ones begin with."""

LARGE = 300_000
TOO_LONG = ("load-near", "load-screen")
"""What a large fleet goes without: two more loads would take minutes and show the same."""


class SectionFailed(Exception):
    """A section ended without figures; the text is what it wrote."""


def run_apart(name: str, job: Job) -> list[Figure]:
    """The figures of a section, measured in a fresh process.

    Raises:
        SectionFailed: when that ended with an error.
    """
    if job.things > LARGE and name in TOO_LONG:
        return [Figure(name, "left out", None, note=f"above {LARGE:,} Things it takes minutes")]
    arguments = [name, str(job.things), str(job.port), str(job.folder), str(job.repeats)]
    done = subprocess.run(
        [sys.executable, "-m", "benchmarks.sections", *arguments],
        capture_output=True,
        text=True,
        check=False,
    )
    if done.returncode != 0:
        raise SectionFailed(f"{name} failed:\n{done.stderr}")
    return [Figure(**figure) for figure in json.loads(done.stdout)]


def main(name: str, things: str, port: str, folder: str, repeats: str) -> None:
    """Measure one section here."""
    job = Job(int(things), int(port), Path(folder), int(repeats))
    print(json.dumps([asdict(figure) for figure in SECTIONS[name](job)]))


if __name__ == "__main__":
    main(*sys.argv[1:])
