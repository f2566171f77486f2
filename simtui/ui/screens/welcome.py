"""What a person sees when nothing is configured: try it, or connect."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding
from textual.containers import Vertical
from textual.content import Content
from textual.message import Message
from textual.screen import Screen
from textual.widgets import OptionList, Static
from textual.widgets.option_list import Option

from simtui.views.text import clean


class WelcomeScreen(Screen[None]):
    """Offers the demo and the connection form."""

    BINDINGS = [
        Binding("d", "choose('demo')", show=False),
        Binding("c", "choose('connect')", show=False),
        Binding("j", "down", show=False),
        Binding("k", "up", show=False),
    ]

    @dataclass
    class Chosen(Message):
        """One of the offers was taken."""

        what: Literal["demo", "connect"]

    def __init__(self, config_file: Path) -> None:
        super().__init__()
        self._config_file = config_file

    def compose(self) -> ComposeResult:
        """A few sentences and the two offers."""
        with Vertical(classes="form") as frame:
            frame.border_title = "simtui"
            frame.border_subtitle = "enter choose · q quit"
            yield Static(
                Content.assemble(
                    "A terminal for fleets of IoT SIM cards.\n\n",
                    ("There is no profile yet in ", "$text-muted"),
                    (clean(str(self._config_file)), "$text-muted"),
                )
            )
            yield OptionList(
                _offer("d", "Demo", "a made-up fleet inside this program; nothing is sent or kept"),
                _offer("c", "Connect", "to your account, with the credentials of the portal"),
            )

    def action_choose(self, what: Literal["demo", "connect"]) -> None:
        """Take an offer by its letter."""
        self.post_message(self.Chosen(what))

    def action_down(self) -> None:
        """Next offer."""
        self.query_one(OptionList).action_cursor_down()

    def action_up(self) -> None:
        """Previous offer."""
        self.query_one(OptionList).action_cursor_up()

    @on(OptionList.OptionSelected)
    def _selected(self, event: OptionList.OptionSelected) -> None:
        self.post_message(self.Chosen("demo" if event.option_index == 0 else "connect"))


def _offer(letter: str, title: str, text: str) -> Option:
    return Option(
        Content.assemble(
            (f" {letter} ", "$text-accent"), (f"{title:<9}", "bold"), (text, "$text-muted")
        )
    )
