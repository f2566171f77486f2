"""A Thing in the API's own words."""

from __future__ import annotations

from textual.app import ComposeResult
from textual.content import Content
from textual.widgets import Static

from simtui.store.cells import Watch
from simtui.store.entry import Entry
from simtui.store.queries import ThingJsonQuery
from simtui.ui.fleet_feed import FleetFeed, News
from simtui.ui.page import Page
from simtui.ui.widgets.scrolling_text import ScrollingText
from simtui.views.text import clean

_LONGEST_LINE = 2000


class RawPage(Page):
    """The JSON that the API answers for one Thing, as it came."""

    scopes = ("text",)
    heading = "Thing"

    def __init__(self, feed: FleetFeed, thing_id: str) -> None:
        super().__init__()
        self._feed = feed
        self._query = ThingJsonQuery(thing_id)
        self._watch: Watch[str] | None = None
        self._text: str | None = None

    def compose_body(self) -> ComposeResult:
        """The text."""
        with ScrollingText(classes="body text"):
            yield Static(Content("Loading …"), id="raw")

    def on_mount(self) -> None:
        """Ask for it."""
        self._unlisten = self._feed.listen(self._news)
        self._watch = self._feed.store.watch(self._query, self._came)
        self.show_nav()
        self.focus_body()

    def on_unmount(self) -> None:
        """Ask no more."""
        self._unlisten()
        if self._watch is not None:
            self._watch.close()

    def focus_body(self) -> None:
        """The text has the keys."""
        self.query_one(ScrollingText).focus()

    def refresh_now(self) -> None:
        """Ask again."""
        self._feed.store.refresh(self._query)

    @property
    def asking(self) -> bool:
        """Whether it is on its way."""
        return self._feed.store.entry(self._query).loading

    def tick(self) -> None:
        """Let the age grow."""
        self._show_state()

    def _news(self, news: News) -> None:
        self._show_state()

    def _came(self, entry: Entry[str]) -> None:
        self.show_error(entry.error)
        if entry.value is not None and entry.value != self._text:
            self._text = entry.value
            self.query_one("#raw", Static).update(json_content(entry.value))
        self._show_state()

    def _show_state(self) -> None:
        thing = self._feed.thing(self._query.thing_id)
        name = (thing.name or thing.iccid) if thing else self._query.thing_id
        self.show_fleet_status(self._feed, ("Things", name, "JSON"))


def json_content(text: str) -> Content:
    """JSON with its names set off, line by line, harmless."""
    lines: list[Content] = []
    for line in text.splitlines():
        name, colon, rest = clean(line, limit=_LONGEST_LINE).partition('": ')
        if colon:
            lines.append(Content.assemble((f'{name}"', "$text-accent"), f": {rest}"))
        else:
            lines.append(Content(name))
    return Content("\n").join(lines)
