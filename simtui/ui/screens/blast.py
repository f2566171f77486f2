"""Blast radius: what the silent Things share that the healthy ones do not."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final, Literal

from textual import events, on
from textual.app import ComposeResult

from simtui.ui.blast_frame import HEADS, HEADS_FROM, MOST_FOOT, foot_lines, why_no_look
from simtui.ui.blast_history import BlastHistory
from simtui.ui.blast_look import BlastLook
from simtui.ui.fleet_feed import FleetFeed, News
from simtui.ui.history import EntryPlace, ThingsPlace
from simtui.ui.key import Key
from simtui.ui.keys import bindings
from simtui.ui.list_page import ListPage
from simtui.ui.widgets import table_messages
from simtui.ui.widgets.line import Line
from simtui.views.blast import rows, words
from simtui.views.blast.dimensions import Value, filter_of
from simtui.views.blast.foot import foot_rows
from simtui.views.blast.look import Blast
from simtui.views.blast.question import Question
from simtui.views.blast.report import Account, accounts_of, report_lines
from simtui.views.cell import Cell, Column, Row
from simtui.views.filter.parser import parse
from simtui.views.text import clean

View = Literal["findings", "values", "changes"]
_VIEWS: Final[tuple[View, ...]] = ("findings", "values", "changes")
_TITLES: Final = {"findings": "what stands out", "values": "all values", "changes": "changes"}


class BlastPage(ListPage):
    """One look at a question, as findings, as all values, or as the changes before."""

    scopes = ("table", "blast")
    heading = "Blast radius"
    BINDINGS = bindings("blast")

    _look: BlastLook | None = None

    def __init__(
        self, feed: FleetFeed, filter_text: str = "", thing_ids: tuple[str, ...] = ()
    ) -> None:
        super().__init__(feed)
        self._question = Question(parse(filter_text), frozenset(thing_ids))
        self._view: View = "findings"
        self._accounts: dict[str, Account] = {}
        self._values: dict[str, rows.ValueRow] = {}
        self._chosen = ""
        self._history: BlastHistory | None = None

    def compose_body(self) -> ComposeResult:
        """Who is compared, the table, and what is known of the row."""
        for name in HEADS:
            yield Line(id=f"blast-{name}", classes="head")
        yield from super().compose_body()
        for number in range(MOST_FOOT):
            yield Line(id=f"blast-foot-{number}", classes="head")

    def on_mount(self) -> None:
        """Look, and look again when the fleet or the journal changes."""
        self._look = BlastLook(self.feed, self._question, self._looked)
        self._history = BlastHistory(self.feed, self.simtui.report)
        self._look.catch_up()
        self._unlisten = self.follow_journal(self._account)
        self.run_worker(self._read_history())

    def on_unmount(self) -> None:
        """Look no more."""
        self._unlisten()
        if self._look is not None:
            self._look.close()

    # What is shown

    @property
    def blast(self) -> Blast | None:
        """What the latest look has found."""
        return self._look.blast if self._look is not None else None

    @property
    def account(self) -> Account | None:
        """The finding that was last chosen; where there is none, all silent ones together."""
        first = next(iter(self._accounts.values()), None)
        return self._accounts.get(self._chosen, first)

    @property
    def cursor_name(self) -> str:
        """By what the place of the cursor is remembered."""
        return f"Blast radius {self._view}"

    def columns(self, width: int) -> tuple[Column, ...]:
        """The columns for a terminal of ``width`` cells."""
        if self._view == "changes":
            return rows.CHANGE_COLUMNS
        made = rows.finding_columns if self._view == "findings" else rows.value_columns
        return made(width)

    def keys(self) -> Sequence[str]:
        """Findings and values by what they are, changes by their places."""
        if self._view == "findings":
            return tuple(key for key, one in self._accounts.items() if one.finding is not None)
        if self._view == "values":
            return tuple(self._values)
        return [str(at) for at in range(len(self.account.suspects))] if self.account else ()

    def row(self, key: str, columns: tuple[Column, ...]) -> Row:
        """One of them."""
        blast, context, account = self.blast, self.feed.context, self.account
        if blast is None or account is None:
            return ()
        if self._view == "values":
            return rows.value_row(self._values[key], columns, blast, context)
        if self._view == "changes":
            wave = account.wave
            return rows.change_row(account.suspects[int(key)], wave) if wave else ()
        finding = self._accounts[key].finding
        return rows.finding_row(finding, columns, blast.tally.total, context) if finding else ()

    def why_empty(self) -> tuple[str, str]:
        """Why nothing stands out, or what is waited for."""
        if self.blast is None:
            return why_no_look(self.feed)
        if self._view == "changes":
            wave = self.account.wave if self.account is not None else None
            return (
                f"{words.no_change_text(wave)}.",
                "Journal and history of this profile were looked at.",
            )
        return words.nothing_text(self.blast)

    def show_top(self) -> None:
        """Who is silent, who is healthy, and the lines below the table."""
        blast, question = self.blast, self._question
        crumbs = ["Blast radius"]
        if question.marked:
            crumbs.append("marked")
        elif question.query:
            crumbs.append(f"/{clean(question.query.canonical())}")
        counts = ""
        if blast is not None:
            silent = words.of_text(blast.tally.total.silent, blast.tally.total.both)
            counts = f"{silent} silent"
            self._show_lines(blast)
        self.show_fleet_status(self.feed, tuple(crumbs), counts=counts)
        self.show_nav((_TITLES[self._view],))

    def fleet_changed(self, news: News) -> None:
        """What was found may be otherwise now."""
        self.show_error(self.feed.error)
        if self._look is not None:
            self._look.hear(news)
        if self.blast is None:
            self.show_rows()  # why there is nothing yet may be another reason now
        else:
            self.show_top()

    def tick(self) -> None:
        """Catch up with the fleet."""
        if self._look is not None:
            self._look.catch_up()
        super().tick()

    def refresh_now(self) -> None:
        """Ask for the fleet again, and look again."""
        self.feed.refresh()
        if self._look is not None:
            self._look.look_again()

    @property
    def asking(self) -> bool:
        """Whether the fleet is on its way."""
        return self.feed.entry.loading

    def offers(self, key: Key) -> bool:
        """Nothing to open or to copy before there is something."""
        if key.id == "copy-blast":
            return self.blast is not None
        return bool(self.keys()) or key.id != "open"

    def escape(self) -> bool:
        """From the other views to what stands out."""
        if self._view == "findings":
            return False
        self._turn_to("findings")
        return True

    def on_resize(self, event: events.Resize) -> None:  # type: ignore[override]
        """Give the table its room."""
        self._make_room(event.size.height)
        self.show_rows()

    def _make_room(self, height: int) -> None:
        """The lines over and below the table, as far as there is room and they say something."""
        for name in HEADS:
            self.query_one(f"#blast-{name}").display = height >= HEADS_FROM
        lines = foot_lines(height) if self._view == "findings" else 0
        for number in range(MOST_FOOT):
            self.query_one(f"#blast-foot-{number}").display = number < lines

    def _looked(self) -> None:
        """A look is done."""
        if self.blast is not None:
            self._values = {row.key: row for row in rows.value_rows(self.blast)}
            self._account()

    async def _read_history(self) -> None:
        if self._history is not None:
            await self._history.read()
            self._account()

    def _account(self) -> None:
        """When they went silent, and what journal and history know of the time before."""
        blast, history = self.blast, self._history
        if blast is None or history is None:
            return
        made = accounts_of(blast, self.feed.index, history.changes)
        self._accounts = {_key(one): one for one in made}
        self.show_rows()
        self.show_hints()

    def _show_lines(self, blast: Blast) -> None:
        heads = (words.silent_text(blast), words.healthy_text(blast), words.scope_text(blast))
        for name, text in zip(HEADS, heads, strict=True):
            self._show_line(name, (Cell(f" {text}", "dim"),))
        lines = foot_lines(self.app.size.height)
        account = self.account if self._view == "findings" else None
        foot = (
            foot_rows(account, blast, self.feed.context, lines) if account and blast.silent else ()
        )
        for number in range(MOST_FOOT):
            self._show_line(f"foot-{number}", foot[number] if number < len(foot) else ())

    def _show_line(self, name: str, row: Row) -> None:
        self.query_one(f"#blast-{name}", Line).show(lambda width: row)

    def _turn_to(self, view: View) -> None:
        self._view = view
        self._make_room(self.app.size.height)
        self.show_rows()
        self.table.move_to(self._chosen if view == "findings" else next(iter(self.keys()), ""))
        self.show_hints()

    # What the keys do

    @on(table_messages.Moved)
    def _moved(self, event: table_messages.Moved) -> None:
        if self._view == "findings":
            self._chosen = event.key or ""
            self.show_top()

    @on(table_messages.Opened)
    def _opened(self, event: table_messages.Opened) -> None:
        account = self.account
        if self._view == "findings":
            finding = self._accounts[event.key].finding
            self._open_things(finding.value if finding is not None else None)
        elif self._view == "values":
            self._open_things(self._values[event.key].value)
        elif account is not None:
            entry_id = account.suspects[int(event.key)].change.entry_id
            if entry_id is not None:
                self.simtui.go_soon(EntryPlace(entry_id))

    def _open_things(self, value: Value | None) -> None:
        """The Things that have it, within the place that was asked about."""
        if value is not None:
            question = self._question
            scope = "" if question.marked else question.scope.canonical()
            text = f"{scope} {filter_of(value, self.feed.context)}".strip()
            self.simtui.go_soon(ThingsPlace(text))

    def action_next_view(self) -> None:
        """What stands out, all values, the changes, and again."""
        self._turn_to(_VIEWS[(_VIEWS.index(self._view) + 1) % len(_VIEWS)])

    def action_copy(self) -> None:
        """All of it as text for a ticket."""
        if self.blast is not None:
            told = report_lines(self.blast, tuple(self._accounts.values()), self.feed.context)
            self.app.copy_to_clipboard("\n".join(told))
            self.simtui.notice("Copied it as text for a ticket")


def _key(account: Account) -> str:
    value = account.finding.value if account.finding is not None else None
    return rows.ValueRow(value.pivot, value).key if value is not None else ""
