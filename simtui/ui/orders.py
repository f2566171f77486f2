"""Carrying out what was typed behind ``:``."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from typing import TYPE_CHECKING

from simtui.errors import UsageError
from simtui.ui.command_line import Order, complete_order, parse_order
from simtui.ui.history import BlastPlace, ThingsPlace
from simtui.ui.key import Key
from simtui.ui.keys import keys_of
from simtui.ui.leaving import leave_account
from simtui.views.filter.parser import parse

if TYPE_CHECKING:
    from simtui.ui.app import SimtuiApp


class Orders:
    """Parses, completes and carries out orders for the page that is shown."""

    def __init__(self, app: SimtuiApp) -> None:
        self._app = app

    def keys(self) -> Sequence[Key]:
        """The rows whose twins can be typed here, also those that may not be used now."""
        page = self._app.page
        return keys_of((*page.scopes, "everywhere") if page else ("everywhere",))

    def begin(self) -> None:
        """The line opens: what it offers is learnt anew, once for all that is typed in it."""
        if self._app.visit is not None:
            self._app.visit.acting.forget_offers()

    def complete(self, text: str) -> Sequence[str]:
        """The whole lines that ``text`` could become; where nothing writes, no word that does."""
        read_only = self._app.read_only
        keys = [key for key in self.keys() if not (read_only and key.writes)]
        return complete_order(text, keys, self._candidates, () if read_only else _action_words())

    async def run(self, text: str) -> None:
        """Do what was typed.

        Raises:
            UsageError: when it is not understood; nothing was done then.
            ReadOnly: when it would write, and nothing may.
        """
        order = parse_order(text, self.keys(), _action_words())
        if self._app.read_only and (_is_action(order) or (order.key and order.key.writes)):
            from simtui.ui.acting.planning import read_only_error

            raise read_only_error(f":{order.name}")
        if order.key is not None:
            await self._press(order.key)
        else:
            await self._carry_out(order)

    async def _press(self, key: Key) -> None:
        """What the key does that this command is the twin of."""
        page = self._app.page
        target = self._app if key.scope == "everywhere" or page is None else page.target_of(key)
        await self._app.run_action(key.action, default_namespace=target)

    async def _carry_out(self, order: Order) -> None:
        app, page = self._app, self._app.page
        if order.name == "things":
            await app.go(ThingsPlace(self._checked_filter(order.argument)))
        elif order.name == "changes":
            await app.open_changes(order.argument)
        elif order.name == "blast":
            await app.go(BlastPlace(self._checked_filter(order.argument)))
        elif order.name == "thing":
            await app.open_iccid(order.argument)
        elif order.name == "why":
            await self._why(order.argument)
        elif order.name == "profile":
            other = app.launcher.of_name(order.argument)
            question = f"Go to {other.name} now?"
            leave_account(app, question, "go there", lambda: app.enter_soon(other))
        elif _is_action(order) and app.visit is not None:
            app.visit.acting.order(order.name, order.argument)
        elif page is not None:
            page.order(order)

    async def _why(self, iccid: str) -> None:
        """Why the Thing with this ICCID is offline; that of the row is the key's business."""
        if not iccid:
            raise UsageError(":why needs an ICCID here", "", "For example :why 8931086…")
        await self._app.why_iccid(iccid)

    def _checked_filter(self, text: str) -> str:
        parse(text)
        return text

    def _candidates(self, name: str, argument: str) -> Sequence[str]:
        if name == "profile":
            return [known for known in self._app.launcher.profiles if known.startswith(argument)]
        if name == "changes":
            from simtui.views.history.since import SPANS  # the first frame does without

            return [span for span in SPANS if span.startswith(argument)]
        page, visit = self._app.page, self._app.visit
        if name in _action_words() and visit is not None:
            return visit.acting.complete(name, argument)
        return page.candidates(name, argument) if page is not None else ()


def _action_words() -> Collection[str]:
    """The words for acting; the first frame does without what they bring along."""
    from simtui.views.plan.action_words import ACTION_WORDS

    return ACTION_WORDS


def _is_action(order: Order) -> bool:
    return order.name in _action_words()
