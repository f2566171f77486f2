"""The line at the bottom where commands (``:``) and filters (``/``) are typed.

It lies over the last two lines of the page instead of pushing the page up, so that
opening it repaints two lines and not the screen.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Literal, TypeAlias

from textual import events, on
from textual.app import ComposeResult
from textual.binding import Binding
from textual.containers import Horizontal, Vertical
from textual.message import Message
from textual.widgets import Input

from simtui.ui.widgets.line import Line
from simtui.views.cell import Cell, Row
from simtui.views.text import cell_width, clean, fit

Mode: TypeAlias = Literal[":", "/"]
Complete: TypeAlias = Callable[[str], Sequence[str]]
"""From what is typed so far to the whole lines it could become."""

_REMEMBERED = 50
_LEAST_WORDS = 40
"""Cells that the reason of a refusal gets, wherever its arrow stands."""


class _Prompt(Input):
    """An input of one line that leaves tab, the arrows and escape to the bar."""

    BINDINGS = [
        Binding("tab", "bar('complete')", show=False),
        Binding("up", "bar('earlier')", show=False),
        Binding("down", "bar('later')", show=False),
        Binding("escape", "bar('cancel')", show=False),
    ]

    def action_bar(self, what: str) -> None:
        """Hand a key to the bar."""
        getattr(self._bar, what)()

    async def action_submit(self) -> None:
        """Hand the line in; what comes behind it is no part of it."""
        self._bar.hold_keys()
        await super().action_submit()

    async def _on_key(self, event: events.Key) -> None:
        """Hold what comes behind enter already when it is pressed: until the app has found what
        enter is bound to, the next key is here."""
        if self._bar.keeps(event):
            event.stop()
            event.prevent_default()
            return
        if event.key == "enter":
            self._bar.hold_keys()
        await super()._on_key(event)

    @property
    def _bar(self) -> CommandBar:
        return self.query_ancestor(CommandBar)


class CommandBar(Vertical):
    """Asks for one line of text, with completion and a place for what is wrong with it."""

    @dataclass
    class Changed(Message):
        """The text changed while it is typed."""

        mode: Mode
        text: str

    @dataclass
    class Submitted(Message):
        """Enter was pressed."""

        mode: Mode
        text: str

    @dataclass
    class Cancelled(Message):
        """Escape was pressed; nothing shall come of it."""

        mode: Mode

    def __init__(self) -> None:
        super().__init__(id="command-bar")
        self._mode: Mode = ":"
        self._complete: Complete = lambda text: ()
        self._remembered: dict[Mode, list[str]] = {":": [], "/": []}
        self._recalled = 0
        self._held: list[events.Key] | None = None

    def compose(self) -> ComposeResult:
        """A line for candidates or the error, and the line that is typed in."""
        yield Line(id="command-hint")
        with Horizontal(id="command-row"):
            yield Line(id="command-mode")
            prompt = _Prompt(id="command-input", compact=True, select_on_focus=False)
            prompt.cursor_blink = False
            yield prompt

    @property
    def is_open(self) -> bool:
        """Whether it is being typed in."""
        return self.has_class("-open")

    def open(self, mode: Mode, text: str, complete: Complete) -> None:
        """Ask for a line that begins as ``text``."""
        self._mode = mode
        self._complete = complete
        self._recalled = len(self._remembered[mode])
        self.query_one("#command-mode", Line).show(lambda width: (Cell(mode, "accent"),))
        prompt = self.query_one(_Prompt)
        with prompt.prevent(Input.Changed):
            prompt.value = text
        prompt.cursor_position = len(text)
        self.add_class("-open")
        self._suggest(text)
        self.app.stylesheet.update(self)  # what still is hidden cannot have the focus
        self.screen.set_focus(prompt)

    def insert(self, text: str) -> None:
        """Take what was typed before the prompt had the focus."""
        self.query_one(_Prompt).insert_text_at_cursor(text)

    def refuse(self, message: str, position: int | None = None, *, brief: str = "") -> None:
        """Say what is wrong with the text, pointing at the character it is about.

        ``brief`` is what to say instead where there is no room for all of it.
        """
        self.query_one("#command-hint", Line).show(
            lambda width: _refusal_row(clean(message), clean(brief), position, width)
        )

    def close(self) -> None:
        """Stop asking."""
        self.remove_class("-open")

    def hold_keys(self) -> None:
        """A filter was handed in: until the page has taken it or refused it, keys wait. What
        ``:`` does may take long, and can be given up meanwhile."""
        if self._mode == "/" and self._held is None:
            self._held = []

    def keeps(self, key: events.Key) -> bool:
        """Let a key wait, if keys do."""
        if self._held is None:
            return False
        self._held.append(key)
        return True

    def let_go(self) -> None:
        """Keys that waited are for whoever has the focus by then."""
        held, self._held = self._held or [], None
        for key in held:
            self.app.call_later(self._press, key)

    def _press(self, key: events.Key) -> None:
        """As the app: a key does not go up beyond the widget that has sent it."""
        self.app.post_message(events.Key(key.key, key.character))

    def complete(self) -> None:
        """Take the first candidate, or what all of them begin with."""
        prompt = self.query_one(_Prompt)
        candidates = self._complete(prompt.value)
        if not candidates:
            return
        common = candidates[0] if len(candidates) == 1 else _common_start(candidates)
        if len(common) <= len(prompt.value):
            common = candidates[0]
        prompt.value = common
        prompt.cursor_position = len(common)

    def earlier(self) -> None:
        """Recall the line typed before."""
        self._recall(-1)

    def later(self) -> None:
        """Recall the line typed after."""
        self._recall(+1)

    def cancel(self) -> None:
        """Close without doing anything."""
        self.close()
        self.post_message(self.Cancelled(self._mode))

    @on(Input.Changed)
    def _typed(self, event: Input.Changed) -> None:
        event.stop()
        self._suggest(event.value)
        self.post_message(self.Changed(self._mode, event.value))

    @on(Input.Submitted)
    def _entered(self, event: Input.Submitted) -> None:
        event.stop()
        remembered = self._remembered[self._mode]
        if event.value and (not remembered or remembered[-1] != event.value):
            remembered.append(event.value)
            del remembered[:-_REMEMBERED]
        self.post_message(self.Submitted(self._mode, event.value))

    def _recall(self, step: int) -> None:
        remembered = self._remembered[self._mode]
        self._recalled = min(max(self._recalled + step, 0), len(remembered))
        text = remembered[self._recalled] if self._recalled < len(remembered) else ""
        prompt = self.query_one(_Prompt)
        prompt.value = text
        prompt.cursor_position = len(text)

    def _suggest(self, text: str) -> None:
        candidates = self._complete(text)
        self.query_one("#command-hint", Line).show(lambda width: _candidates_row(candidates, width))


def _candidates_row(candidates: Sequence[str], width: int) -> Row:
    """The next word of each candidate, as many as fit whole."""
    cells: list[Cell] = [Cell(" ")]
    used = 1
    for candidate in candidates:
        word = clean(candidate.rstrip().rsplit(" ", 1)[-1])
        if used + cell_width(word) + 2 > width:
            cells.append(Cell("…", "dim"))
            break
        cells.append(Cell(f"{word}  ", "dim"))
        used += cell_width(word) + 2
    return tuple(cells)


def _refusal_row(message: str, brief: str, position: int | None, width: int) -> Row:
    """``▾ why``, with the arrow over the character as long as the words have room."""
    if position is None:
        return (Cell(fit(f"✗ {message}", width), "bad"),)
    column = max(min(position + len(":"), width - _LEAST_WORDS), 0)
    room = width - column
    words = message if cell_width(message) + 2 <= room else brief or message
    return (Cell(" " * column), Cell(fit(f"▾ {words}", room), "bad"))


def _common_start(texts: Sequence[str]) -> str:
    shortest = min(texts, key=len)
    for index, character in enumerate(shortest):
        if any(text[index] != character for text in texts):
            return shortest[:index]
    return shortest
