"""The firewall editor: both chains of an IP profile, in evaluation order."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

from textual import events, on
from textual.app import ComposeResult
from textual.containers import Horizontal

from simtui.models import IpProfile
from simtui.models.config_change import Kind, Ref
from simtui.models.settings import Chain, RuleSettings, chain_of, is_whole
from simtui.ui.configuring.editor_page import EditorPage
from simtui.ui.configuring.list_edit import ListEdit
from simtui.ui.configuring.packet_asking import ask_packet
from simtui.ui.configuring.used_by import show_used_by
from simtui.ui.fleet_feed import FleetFeed, News
from simtui.ui.history import FirewallPlace
from simtui.ui.keys import bindings
from simtui.ui.widgets import table_messages
from simtui.ui.widgets.chain_pane import ChainPane
from simtui.ui.widgets.fleet_table import ListTable
from simtui.ui.widgets.line import Line
from simtui.views.cell import Cell
from simtui.views.config.items import Item
from simtui.views.config.names import names_of, title_of
from simtui.views.config.reach import reach_text
from simtui.views.firewall.chain_rows import by_rule, finding_cells, rule_detail
from simtui.views.firewall.finding import Finding
from simtui.views.firewall.heads import chain_head, pools_of
from simtui.views.firewall.lint import lint
from simtui.views.forms.field import Form
from simtui.views.forms.rule_form import rule_form
from simtui.views.text import clean, fit

CHAINS = ("INBOUND", "OUTBOUND")
SIDE_BY_SIDE_FROM = 130
"""Terminal cells from which both chains are shown side by side."""
STACKED_FROM = 30
"""Terminal lines from which both are shown where they are not wide enough for that."""


class FirewallPage(EditorPage):
    """Edits both chains; each is saved by itself, as a whole."""

    scopes = ("table", "editor", "firewall")
    heading = "Firewall"
    screen_title = "Firewall"
    item_word = "rule"
    BINDINGS = bindings("editor", "firewall")

    def __init__(self, feed: FleetFeed, ip_profile_id: str, chain: str) -> None:
        super().__init__(feed)
        self.ip_profile_id = ip_profile_id
        self._here = chain if chain in CHAINS else CHAINS[0]
        self._edits: dict[str, ListEdit[Chain]] = {}
        self._findings: dict[str, tuple[tuple[RuleSettings, ...], tuple[Finding, ...]]] = {}

    def compose_body(self) -> ComposeResult:
        """Who uses it, the chains, and what there is to say of the rule under the cursor."""
        yield Line(id="used-by", classes="head")
        with Horizontal(id="chains", classes="body"):
            for chain in CHAINS:
                yield ChainPane(chain)
        yield Line(id="rule", classes="head")
        yield Line(id="finding", classes="head")

    def on_mount(self) -> None:
        """Follow the profile."""
        visit = self.simtui.visit
        assert visit is not None
        for chain in CHAINS:
            ref = Ref(Kind.CHAIN, chain, self.ip_profile_id)
            self._edits[chain] = ListEdit(visit.workspace.drafts, ref, Chain, self.show_rows)
        self._unlisten = self.feed.listen(self._news)
        self._arrange()
        self._follow()
        self.focus_body()
        self._say_restored()

    def on_unmount(self) -> None:
        """Follow it no more."""
        self._unlisten()

    def on_resize(self, event: events.Resize) -> None:
        """One chain or both."""
        self._arrange()
        self.call_after_refresh(self.show_rows)

    # What is shown

    @property
    def profile(self) -> IpProfile | None:
        """The profile as it is known."""
        return self.feed.context.ip_profiles.get(self.ip_profile_id)

    @property
    def editing(self) -> ListEdit[Chain]:
        """The chain that has the keys."""
        return self._edits[self._here]

    @property
    def table(self) -> ListTable:
        """Its table."""
        return self._pane(self._here).table

    @property
    def names(self) -> Mapping[str, str]:
        """Readable names by id."""
        return names_of(self.feed.context)

    def refresh_now(self) -> None:
        """Ask for it again."""
        self.feed.refresh()

    def tick(self) -> None:
        """Let ages grow."""
        self._show_top()

    def _news(self, news: News) -> None:
        if news.names:
            self._follow()

    def _follow(self) -> None:
        """The server has told of the profile."""
        if (profile := self.profile) is not None:
            for chain in CHAINS:
                title = title_of(self._edits[chain].ref, "", profile.name)
                theirs, whole = chain_of(profile, chain), is_whole(profile, chain)
                self._edits[chain].follow(theirs, profile.version, title, whole=whole)
        self.show_error(self.feed.error)
        self.show_rows()

    def _say_restored(self) -> None:
        for chain in CHAINS:
            if self._edits[chain].restored:
                self.show_notice(f"{chain}: {self._edits[chain].restored}", "warn")

    def show_rows(self) -> None:
        """Bring both chains and the lines around them up to date."""
        if not self.is_mounted:
            return
        for chain, edit in self._edits.items():
            head = chain_head(
                chain,
                len(edit.mine.items),
                unsaved=edit.is_unsaved,
                behind=edit.is_behind,
                here=chain == self._here,
            )
            found = by_rule(self._lint(chain))
            self._pane(chain).show(head, edit.mine.items, edit.fates, found)
        self._show_top()
        self._show_finding()
        self.show_hints()

    def _show_top(self) -> None:
        profile = self.profile
        name = profile.name if profile is not None else self.ip_profile_id
        unsaved = [chain.lower() for chain, edit in self._edits.items() if edit.is_unsaved]
        counts = f"unsaved: {', '.join(unsaved)}" if unsaved else ""
        self.show_fleet_status(self.feed, ("Firewall", clean(name)), counts=counts)
        self.show_nav()
        reach = reach_text(Ref(Kind.PROFILE, self.ip_profile_id), self.feed.context)
        line = self.query_one("#used-by", Line)
        line.show(lambda width: (Cell(fit(f" {reach}", width), "dim"),))

    def _show_finding(self) -> None:
        """The rule under the cursor, and all of what is odd about it, worst first."""
        index = self.index
        detail = self._detail(index) if index is not None else Cell("")
        rule = self.query_one("#rule", Line)
        rule.show(lambda width: (Cell(fit(f" {detail.text}", width), detail.tone),))
        found = by_rule(self._lint(self._here)).get(index, ()) if index is not None else ()
        cells = finding_cells(found)
        text = " ".join(cell.text for cell in cells)
        tone = cells[0].tone if cells else ""
        line = self.query_one("#finding", Line)
        line.show(lambda width: (Cell(fit(f" {text}", width), tone),))

    def _detail(self, index: int) -> Cell:
        rule, profile = self.editing.mine.items[index], self.profile
        every = (*profile.inbound, *profile.outbound) if profile is not None else ()
        saved = next((one for one in every if one.rule_id == rule.rule_id), None)
        return rule_detail(rule, saved, self.feed.context.now)

    def _lint(self, chain: str) -> tuple[Finding, ...]:
        """The findings of a chain as it is edited; looked for once for each state of it."""
        rules = self._edits[chain].mine.items
        known = self._findings.get(chain)
        if known is None or known[0] is not rules:
            known = (rules, self._lint_of(chain, rules))
            self._findings[chain] = known
        return known[1]

    def _lint_of(self, chain: str, rules: Sequence[RuleSettings]) -> tuple[Finding, ...]:
        return lint(chain, rules, pools_of(self.ip_profile_id, self.feed.context))

    def _pane(self, chain: str) -> ChainPane:
        return self.query_one(f"#chain-{chain}", ChainPane)

    def _arrange(self) -> None:
        """Both chains side by side, one above the other, or only the one that has the keys."""
        size = self.app.size
        wide, tall = size.width >= SIDE_BY_SIDE_FROM, size.height >= STACKED_FROM
        self.query_one("#chains").set_class(not wide and tall, "-stacked")
        for chain in CHAINS:
            self._pane(chain).display = wide or tall or chain == self._here

    # What the keys do

    def form_of(self, item: Item | None, index: int) -> Form[RuleSettings]:
        """The form of a rule, which is linted in its place while it is typed."""
        chain, rules = self._here, self.editing.mine.items
        rule = item if isinstance(item, RuleSettings) else None

        def lint_of(wanted: RuleSettings) -> Sequence[Cell]:
            behind = rules[index + 1 :] if rule is not None else rules[index:]
            found = self._lint_of(chain, (*rules[:index], wanted, *behind))
            return finding_cells(by_rule(found).get(index, ()))

        form = rule_form(rule, lint_of)
        word = "Change" if rule is not None else "New"
        return replace(form, title=f"{word} rule {index + 1} of the {chain} chain")

    @on(table_messages.Moved)
    def _moved(self) -> None:
        self._show_finding()
        self.show_hints()

    def action_next_pane(self) -> None:
        """To the other chain."""
        self._here = CHAINS[1 - CHAINS.index(self._here)]
        if (visit := self.simtui.visit) is not None:
            visit.trail.replace(FirewallPlace(self.ip_profile_id, self._here))
        self._arrange()
        self.focus_body()
        self.call_after_refresh(self.show_rows)

    def action_edit_profile(self) -> None:
        """Name and description."""
        if self._configuring is not None:
            self._configuring.edit(Ref(Kind.PROFILE, self.ip_profile_id))

    def action_used_by(self) -> None:
        """The groups that use it."""
        show_used_by(self.simtui, Ref(Kind.PROFILE, self.ip_profile_id))

    def action_packet(self) -> None:
        """Ask about a packet, with the chains as they are edited and as they are saved."""
        edited = {chain: edit.mine.items for chain, edit in self._edits.items()}
        ask_packet(self.simtui, self.ip_profile_id, edited=edited)
