"""Asking what to do, and with which Things."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from simtui.ui.acting.offers import group_offers, tag_offers
from simtui.ui.acting.planning import Planning
from simtui.ui.acting.select_things import select_group, select_shown, select_tag
from simtui.ui.acting.showing import close_dialogs, show
from simtui.ui.acting.targets import Targets
from simtui.ui.screens.action_menu import ActionMenu, MenuRow
from simtui.ui.screens.paste_dialog import PasteDialog
from simtui.ui.screens.pick_dialog import PickDialog
from simtui.views.forms.field import Choice
from simtui.views.plan.action_words import ACTION_WORDS, ActionWord
from simtui.views.plan.pasted import select_pasted
from simtui.views.plan.selection import Selection, select_marked, select_thing
from simtui.views.plan.wording import things_text

if TYPE_CHECKING:
    from simtui.ui.app import SimtuiApp
    from simtui.ui.fleet_feed import FleetFeed

Chosen = Callable[[ActionWord, Selection], None]
Way = tuple[Choice, Callable[[], None]]
"""What can be meant, and what is asked or taken then."""


class Choosing:
    """Shows the menu; ``chosen`` hears of an action and the Things that are meant."""

    def __init__(self, app: SimtuiApp, feed: FleetFeed, planning: Planning, chosen: Chosen) -> None:
        self._app = app
        self._feed = feed
        self._planning = planning
        self._chosen = chosen

    def begin(self, targets: Targets) -> None:
        """Ask what to do with what is meant first; where nothing is, ask that."""
        if targets.first is not None:
            self._menu(targets.first, targets)
        else:
            self._ask_whom(targets, close=True)

    def _menu(self, selection: Selection, targets: Targets) -> None:
        rows = [self._row(word, selection) for word in ACTION_WORDS.values()]
        menu = ActionMenu(
            f"Act on {_called(selection)}",
            rows,
            lambda word: self._chosen(ACTION_WORDS[word], selection),
            lambda: self._ask_whom(targets, selection),
        )
        show(self._app, menu)

    def _row(self, word: ActionWord, selection: Selection) -> MenuRow:
        barrier = self._planning.barrier(word.area)
        if not barrier and word.single and len(selection.things) > 1:
            barrier = "for one Thing at a time"
        if self._planning.is_absent(word.name):
            barrier = "this API does not offer it"
        return MenuRow(word.name, word.label, word.help, barrier)

    # With which Things

    def _ask_whom(
        self, targets: Targets, before: Selection | None = None, *, close: bool = False
    ) -> None:
        """Offer what can be meant; ``esc`` goes back to the menu, if there was one."""
        ways = self._ways(targets)

        def back() -> None:
            if close or before is None:
                close_dialogs(self._app)
            else:
                self._menu(before, targets)

        offers = [offer for offer, _ in ways]
        show(self._app, PickDialog("Act on", offers, lambda index: ways[index][1](), back))

    def _ways(self, targets: Targets) -> list[Way]:
        ways: list[Way] = []
        if targets.marked:
            marked = select_marked(targets.marked)
            ways.append(
                (
                    Choice("the marked rows", things_text(len(targets.marked))),
                    lambda: self._menu(marked, targets),
                )
            )
        if targets.row is not None:
            row = select_thing(targets.row)
            ways.append((Choice("this row", row.words), lambda: self._menu(row, targets)))
        if targets.rows:
            said = "what the filter leaves" if targets.filter_text else "all of the list"
            ways.append(
                (Choice(said, things_text(targets.rows)), lambda: self._take_shown(targets))
            )
        return [
            *ways,
            (Choice("a tag …", "every Thing that carries it"), lambda: self._ask_tag(targets)),
            (Choice("a group …", "every Thing of a group"), lambda: self._ask_group(targets)),
            (
                Choice("pasted ICCIDs …", "from a ticket or a sheet"),
                lambda: self._ask_paste(targets),
            ),
        ]

    def _take_shown(self, targets: Targets) -> None:
        """Go through the fleet now that all rows are meant; meanwhile they may have gone."""
        shown = select_shown(targets, self._feed.index, self._feed.context)
        if shown is None:
            self._ask_whom(targets, targets.first)
        else:
            self._menu(shown, targets)

    def _ask_tag(self, targets: Targets) -> None:
        offers = tag_offers(self._feed.index)

        def picked(index: int) -> None:
            self._menu(select_tag(offers[index].text, self._feed.index), targets)

        self._pick("Act on the Things with a tag", offers, picked, targets)

    def _ask_group(self, targets: Targets) -> None:
        context = self._feed.context
        groups = sorted(context.groups.values(), key=lambda one: one.name.casefold())
        offers = group_offers(context)

        def picked(index: int) -> None:
            group_id = groups[index].things_group_id
            self._menu(select_group(group_id, self._feed.index, context), targets)

        self._pick("Act on the Things of a group", offers, picked, targets)

    def _ask_paste(self, targets: Targets) -> None:
        dialog = PasteDialog(
            lambda text: select_pasted(text, self._feed.index),
            lambda pasted: self._menu(pasted.selection, targets),
            lambda: self._ask_whom(targets, targets.first),
        )
        show(self._app, dialog)

    def _pick(
        self,
        title: str,
        offers: tuple[Choice, ...],
        picked: Callable[[int], None],
        targets: Targets,
    ) -> None:
        def back() -> None:
            self._ask_whom(targets, targets.first)

        show(self._app, PickDialog(title, offers, picked, back, search=True))


def _called(selection: Selection) -> str:
    """``12 marked Things``, ``tag depot-7 (482 Things)``."""
    count = things_text(len(selection.things))
    if len(selection.things) == 1 or any(what in selection.words for what in ("Things", "ICCID")):
        return selection.words
    return f"{selection.words} ({count})"
