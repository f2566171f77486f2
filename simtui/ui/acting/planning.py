"""Making plans with all that is known, and having the API say what it makes of them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable
from dataclasses import replace

from simtui.errors import Forbidden, ReadOnly, SimtuiError
from simtui.models import Account, NatRule, State, Thing
from simtui.models.action import Action, SetState, UnlockIp
from simtui.models.permission import levels_that_may, may_change
from simtui.store.config_queries import NatRulesQuery
from simtui.store.gc_pause import collector_held
from simtui.store.operation import Progress, assignment_of
from simtui.store.queries import AccountQuery, FleetQuery
from simtui.store.store import Store
from simtui.ui.acting.rehearsed import rehearsed_plan
from simtui.ui.acting.select_things import select_anew
from simtui.ui.fleet_feed import FleetFeed
from simtui.views.plan.allowed import permission_problem
from simtui.views.plan.make import make_plan
from simtui.views.plan.plan import Plan
from simtui.views.plan.selection import Selection
from simtui.views.text import clean

MOST_NETWORKS = 8
"""Networks whose NAT rules are read for one plan."""

Rules = dict[str, list[NatRule]]
"""NAT rules by the id of the Thing that they point at."""


class Planning:
    """Plans for one account, judged by the fleet as the feed has it."""

    def __init__(self, feed: FleetFeed, *, read_only: bool) -> None:
        self._feed = feed
        self._store: Store = feed.store
        self._read_only = read_only
        self._watch = self._store.watch(AccountQuery(), lambda entry: None)
        self._rules: Rules = {}
        self._absent: set[str] = set()

    def close(self) -> None:
        """Stop watching."""
        self._watch.close()

    @property
    def account(self) -> Account | None:
        """Who we are to the API, as far as it is known."""
        return self._store.entry(AccountQuery()).value

    @property
    def level(self) -> str | None:
        """Our permission level, as far as it is known."""
        return self.account.permission_level if self.account is not None else None

    def barrier(self, area: str) -> str:
        """The level that is needed, when ours does not do; else empty."""
        if self.level is None or may_change(self.level, area):
            return ""
        return f"needs {levels_that_may(area)[0]}, you are {clean(self.level)}"

    def learn_absent(self, action: Action) -> None:
        """This API does not offer the action, as its answer has shown."""
        self._absent.add(action.kind)

    def is_absent(self, kind: str) -> bool:
        """Whether this API is known not to offer an action (EXT, contract head)."""
        return kind in self._absent

    def check(self, area: str, doing: str) -> None:
        """Refuse what is not allowed before a person plans it.

        Raises:
            ReadOnly: in a run that may not write.
            Forbidden: when the permission level is too low, naming the one that is needed.
        """
        if self._read_only:
            raise read_only_error(doing)
        if problem := permission_problem(self.level, area, doing):
            raise Forbidden(problem, hint="Ask an administrator of the account")

    def make(self, action: Action, selection: Selection) -> Plan:
        """The plan as far as it can be told from here.

        Raises:
            UsageError: for what can never be.
        """
        context = self._feed.context
        with collector_held():  # a verdict for each of very many Things
            return make_plan(
                action, selection, context, account=self.account, nat_rules=self._rules
            )

    def with_action(self, plan: Plan, action: Action) -> Plan:
        """The plan with the action in another way, for the same Things."""
        made = self.make(action, replace(plan.selection, things=plan.things))
        return replace(
            plan,
            action=made.action,
            remarks=made.remarks,
            can_end_session=made.can_end_session,
        )

    async def rehearse(self, plan: Plan, on_progress: Callable[[Progress], None]) -> Plan:
        """The plan as the API sees it; of one Thing it says nothing before it is done.

        Raises:
            SimtuiError: what the API has against it as a whole.
        """
        if _looks_at_rules(plan.action):
            self._rules = await self._nat_rules(plan.selection.things)
            plan = self.make(plan.action, plan.selection)
        if not plan.changes:
            return plan
        assignment = assignment_of(plan, plan.selection.words)
        report = await self._store.operations.rehearse(assignment, on_progress)
        rehearsed = rehearsed_plan(plan, report)
        if rehearsed.things == plan.things:
            return rehearsed
        return self.with_action(rehearsed, rehearsed.action)  # what it says of them is new, too

    async def select_anew(self, selection: Selection, *, reload: bool) -> Selection:
        """The selection as it is now; ``reload`` reads the fleet from the API first.

        Raises:
            SimtuiError: when that fails.
        """
        if reload:
            await self._store.fetch(FleetQuery())
        return select_anew(selection, self._feed.index, self._feed.context)

    async def _nat_rules(self, things: Iterable[Thing]) -> Rules:
        """The port forwardings of the networks that the Things are in; what cannot be had is
        left out, because the server judges it too."""
        networks = (self._feed.context.network_of(thing) for thing in things)
        ids = sorted({network.network_id for network in networks if network is not None})
        rules: Rules = defaultdict(list)
        for network_id in ids[:MOST_NETWORKS]:
            try:
                found = await self._store.fetch(NatRulesQuery(network_id))
            except SimtuiError:
                continue
            for rule in found:
                rules[rule.thing_id].append(rule)
        return rules


def read_only_error(doing: str) -> ReadOnly:
    """Why ``doing`` is not possible in a run that may not write."""
    return ReadOnly(
        f"{doing} is not possible here",
        "This run is read-only (--read-only, or read_only in the profile), so nothing can be"
        " changed",
        "Start simtui without it",
    )


def _looks_at_rules(action: Action) -> bool:
    return isinstance(action, UnlockIp) or (
        isinstance(action, SetState) and action.state == State.RETIRED
    )
