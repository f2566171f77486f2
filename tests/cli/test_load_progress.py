from __future__ import annotations

import asyncio
import io
from types import SimpleNamespace

import pytest

from simtui.cli import progress_line as module
from simtui.cli.load_progress import load_progress, progress_text
from simtui.store.entry import Entry, Progress


class Stderr(io.StringIO):
    def __init__(self, terminal: bool) -> None:
        super().__init__()
        self.terminal = terminal

    def isatty(self) -> bool:
        return self.terminal


async def told(monkeypatch: pytest.MonkeyPatch, *, terminal: bool) -> str:
    """What stands on stderr after a load whose progress could be seen once."""
    stderr = Stderr(terminal)
    looks = asyncio.Event()

    def entry(_query: object) -> Entry[object]:
        looks.set()
        return Entry(progress=Progress(500, 700))

    monkeypatch.setattr(module, "sys", SimpleNamespace(stderr=stderr))
    monkeypatch.setattr(module, "_EVERY_SECONDS", 0)
    async with load_progress(SimpleNamespace(entry=entry)):  # type: ignore[arg-type]
        if terminal:
            await looks.wait()
    return stderr.getvalue()


async def test_a_terminal_sees_how_far_it_is_and_gets_its_line_back(monkeypatch) -> None:
    text = await told(monkeypatch, terminal=True)
    assert "500 of 700 Things" in text
    assert text.endswith("\r\x1b[K")


async def test_a_file_gets_nothing(monkeypatch) -> None:
    assert await told(monkeypatch, terminal=False) == ""


def test_a_total_that_is_not_known_is_not_told() -> None:
    assert progress_text(Progress(12_000, 100_000)) == "12,000 of 100,000 Things"
    assert progress_text(Progress(12_000)) == "12,000 Things"
