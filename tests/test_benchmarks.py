"""The benchmark runs and reports all its figures; how large they are is not judged here."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import pytest

from benchmarks import __main__ as program
from benchmarks import keys_bench, real_app, sections, table_bench
from benchmarks.job import Job
from benchmarks.replay import replaying
from benchmarks.report import Figure, as_json, heading, lines, machine, machine_line
from benchmarks.sections import LARGE, SECTIONS, TOO_LONG, SectionFailed, run_apart
from benchmarks.terminal import ENVIRONMENT

THINGS = 200
FIGURES = {
    "load": ("rate", "time until all is in the lists", "longest stall of the event loop"),
    "load-near": ("rate", "time until all is in the lists", "longest stall of the event loop"),
    "load-screen": ("first rows after connecting", "rate", "longest stall of the event loop"),
    "memory": ("model and store", "index", "one sorted list", "whole process"),
    "filter": (
        "meter: first screen",
        "meter: all rows",
        "meter-1 after it: all rows",
        "state:active seen>2h: all rows",
        "sort by name: first screen",
        "sort by last_seen: all rows",
    ),
    "keys": ("down", "down: written", "page down", "one row", "one row: written"),
    "acting": (
        "plan",
        "journal: a request",
        "journal: read all",
        "plan on the screen",
        "its first group opened",
    ),
    "config": ("lint", "packet walk", "difference", "draft on the disk"),
    "billing": (
        "read",
        "read: longest stall",
        "read: memory",
        "first rows",
        "all rows, in order",
        "another order",
        "rows: longest stall",
        "export",
        "export: longest stall",
    ),
    "history": ("a load without changes", "a change kept", "the page read", "all searched"),
    "blast": ("a look at all Things", "longest step", "rank of the real factor"),
    "snapshot": ("first rows", "all rows, in the lists", "write", "size"),
    "start": ("first frame with rows",),
}


@pytest.fixture(scope="module")
def job(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Job]:
    """A tiny fleet at a replay server."""
    with replaying(THINGS) as port:
        yield Job(THINGS, port, tmp_path_factory.mktemp("bench"), repeats=1)


@pytest.fixture(scope="module")
def loaded(job: Job) -> Job:
    """The same with the snapshot that the first section leaves."""
    SECTIONS["load"](job)
    return job


@pytest.fixture
def hurried(monkeypatch: pytest.MonkeyPatch) -> None:
    """No waiting for the sake of exact figures, and no traces in the environment."""
    for name, value in ENVIRONMENT.items():
        monkeypatch.setenv(name, value)
    monkeypatch.setattr(table_bench, "REPEATS", 1)
    monkeypatch.setattr(real_app, "QUIET_SECONDS", 0.05)
    monkeypatch.setattr(keys_bench, "IDLE_SECONDS", 0.01)


@pytest.mark.usefixtures("hurried")
@pytest.mark.parametrize("name", SECTIONS)
def test_a_section_reports_every_figure(loaded: Job, name: str) -> None:
    figures = {figure.name: figure for figure in SECTIONS[name](loaded)}
    assert set(FIGURES[name]) <= set(figures)
    assert all(figure.value is not None for figure in figures.values())
    assert len({figure.section for figure in figures.values()}) == 1


def test_the_figures_of_a_section_come_as_json(
    loaded: Job, capsys: pytest.CaptureFixture[str]
) -> None:
    sections.main("snapshot", str(loaded.things), str(loaded.port), str(loaded.folder), "1")
    figures = [Figure(**figure) for figure in json.loads(capsys.readouterr().out)]
    assert {figure.name for figure in figures} >= set(FIGURES["snapshot"])


def test_a_section_that_fails_in_its_process_says_why(job: Job) -> None:
    with pytest.raises(SectionFailed, match=r"(?s)nonsense failed.*KeyError"):
        run_apart("nonsense", job)


@pytest.mark.parametrize("name", TOO_LONG)
def test_a_large_fleet_says_what_it_leaves_out(job: Job, name: str) -> None:
    (figure,) = run_apart(name, Job(LARGE + 1, job.port, job.folder))
    assert figure.value is None
    assert "minutes" in lines([figure])[-1]


def test_the_report_stands_in_columns() -> None:
    shown = lines(
        [
            Figure("load", "rate", 50_000.0, "Things/s", 100_000.0, "bytes only"),
            Figure("load", "longest stall", 12.345, "ms"),
            Figure("keys", "down", 3.0, "ms", 2.0),
        ]
    )
    assert [line.split() for line in shown] == [
        ["load"],
        ["rate", "50,000", "Things/s", "100,000", "0.50", "bytes", "only"],
        ["longest", "stall", "12.3", "ms"],
        ["keys"],
        ["down", "3", "ms", "2", "1.50"],
    ]
    title = heading(1000)
    assert shown[1].index("50,000") + len("50,000") == title.index("simtui") + len("simtui")


def test_json_keeps_the_machine_and_every_figure() -> None:
    facts = machine()
    kept = json.loads(json.dumps(as_json(facts, {10: [Figure("load", "rate", 1.5, "Things/s")]})))
    assert kept["machine"] == facts
    assert kept["sizes"]["10"][0]["value"] == 1.5
    assert all(part in machine_line(facts) for part in ("cores", "python", "textual"))


def test_the_program_prints_and_keeps(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    monkeypatch.setattr(program, "measured", lambda *_: iter([[Figure("load", "rate", 7.0)]]))
    assert program.main(["1k", "--json", str(tmp_path / "kept.json")]) == 0
    out = capsys.readouterr().out
    assert "1,000 Things" in out
    assert "rate" in out
    assert "1000" in json.loads((tmp_path / "kept.json").read_text())["sizes"]


@pytest.mark.parametrize(("text", "things"), [("1k", 1_000), ("10_000", 10_000), ("1M", 10**6)])
def test_sizes_are_written_as_people_write_them(text: str, things: int) -> None:
    assert program._parser().parse_args([text]).sizes == [things]


@pytest.mark.parametrize("text", ["5", "many", "-3"])
def test_a_size_that_is_none_is_refused(text: str) -> None:
    with pytest.raises(SystemExit):
        program._parser().parse_args(["--", text])
