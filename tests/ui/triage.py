"""From the Thing list to the named cause: how many keys, how many API calls from the start.

``python -m tests.ui.triage --write README.md`` brings the table between the marks up to
date; a test holds it against what it measures.
"""

from __future__ import annotations

import asyncio
import sys
import tempfile
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from textual.pilot import Pilot

from simtui.sandbox.scenarios.catalogue import SCENARIOS
from simtui.sandbox.scenarios.play import play
from simtui.ui.app import SimtuiApp
from simtui.ui.late_imports import import_late
from simtui.ui.screens.why import WhyPage
from simtui.views.why.diagnose import Diagnosis
from tests.ui.app_bench import NOW, Bench, bench_in, lines, until
from tests.why_bench import THINGS

BEGIN = "<!-- triage: begin (written by `python -m tests.ui.triage --write README.md`) -->"
END = "<!-- triage: end -->"


@dataclass(frozen=True)
class Measured:
    """What it took in one scenario."""

    name: str
    keys: int
    calls: int
    calls_of_why: int
    diagnosis: Diagnosis

    @property
    def row(self) -> str:
        """One line of the table."""
        named = self.diagnosis.sentence
        return f"| `{self.name}` | {self.keys} | {self.calls_of_why} | {self.calls} | {named} |"


def bench_of(folder: Path, name: str) -> tuple[Bench, str]:
    """A bench on which a scenario has happened, and the id of its Thing."""
    bench = bench_in(folder, things=THINGS)
    return bench, play(bench.world, bench.faults, name, NOW).thing_id


async def open_why(app: SimtuiApp, pilot: Pilot[None], thing_id: str) -> tuple[WhyPage, int]:
    """Filter by the name, sort by name where another Thing is on top, ``w``; and wait until
    nothing is on its way. The page, and how many keys it took."""
    table, name = app.visit.things.table, app.feed.thing(thing_id).name
    keys = ["slash", *name, "enter"]
    await press(pilot, keys)
    await until(pilot, lambda: f"/{name}" in lines(app)[0] and thing_id in table._keys)
    if table.cursor_key != thing_id:
        keys.append("N")
        await press(pilot, keys[-1:])
    assert table.cursor_key == thing_id
    await press(pilot, ["w"])
    await until(pilot, lambda: isinstance(app.page, WhyPage))
    page = app.page
    assert isinstance(page, WhyPage)
    await until(pilot, lambda: not page.asking and not page.diagnosis.waiting)
    await until(pilot, lambda: page.diagnosis.sentence[:20] in "\n".join(lines(app)))
    return page, len([*keys, "w"])


async def press(pilot: Pilot[None], keys: Iterable[str]) -> None:
    """Press them one by one."""
    for key in keys:
        await pilot.press(key)


async def measure(folder: Path, name: str) -> Measured:
    """From the start of the program to the named cause."""
    bench, thing_id = bench_of(folder, name)
    async with bench.running() as (app, pilot):
        before = len(bench.cable.asked)
        page, keys = await open_why(app, pilot, thing_id)
        asked = len(bench.cable.asked)
        return Measured(name, keys, asked, asked - before, page.diagnosis)


def table(rows: Iterable[Measured]) -> str:
    """The rows as a Markdown table."""
    head = (
        "| Scenario | Keys | API calls of `w` | API calls from the start | What it says |",
        "|---|---|---|---|---|",
    )
    return "\n".join([*head, *(row.row for row in rows)])


def table_in(text: str) -> str:
    """The table that a text has between the marks."""
    return text.partition(BEGIN)[2].partition(END)[0].strip()


def with_table(text: str, new: str) -> str:
    """The text with another table between the marks."""
    head, begin, rest = text.partition(BEGIN)
    _, end, tail = rest.partition(END)
    if not begin or not end:
        raise ValueError(f"the text needs the lines {BEGIN} and {END}")
    return f"{head}{BEGIN}\n{new}\n{END}{tail}"


async def measure_all() -> list[Measured]:
    """Every scenario, one after the other."""
    with tempfile.TemporaryDirectory() as folder:
        return [await measure(Path(folder) / name, name) for name in SCENARIOS]


def main(arguments: list[str]) -> int:
    """Print the table, or write it into a file: ``--write README.md``."""
    import_late()  # waiting counts turns, and must not count how long a thread imports
    new = table(asyncio.run(measure_all()))
    if arguments[:1] == ["--write"]:
        file = Path(arguments[1])
        file.write_text(with_table(file.read_text("utf-8"), new), "utf-8")
    else:
        sys.stdout.write(new + "\n")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
