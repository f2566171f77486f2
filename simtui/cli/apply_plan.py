"""From an order to its plan: everything is read that the plan's rules look at."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from simtui.cli.apply_options import out_of_place
from simtui.cli.apply_order import Order
from simtui.cli.apply_sms import same_text_cautions, with_sms_options
from simtui.cli.apply_target import select
from simtui.cli.permission import read_account, require_level
from simtui.cli.read_context import read_context
from simtui.cli.report import print_remark
from simtui.clock import Clock
from simtui.errors import Conflict, SimtuiError, UsageError
from simtui.models import NatRule, State, Thing
from simtui.models.action import Action, SetState, UnlockIp
from simtui.store.config_queries import NatRulesQuery
from simtui.store.store import Store
from simtui.views.amounts import count_text
from simtui.views.fleet_context import FleetContext
from simtui.views.plan.action_words import parse_action
from simtui.views.plan.allowed import area_of
from simtui.views.plan.make import make_plan
from simtui.views.plan.plan import Plan
from simtui.views.plan.selection import Selection
from simtui.views.plan.wording import things_text


async def read_plan(store: Store, clock: Clock, order: Order) -> Plan:
    """The plan of an order; nothing is sent that changes anything.

    Raises:
        UsageError: the action or the target is not understood, or the target is empty.
        Forbidden: the permission level does not allow it.
        Conflict: the target does not have as many Things as was expected.
        SimtuiError: what has to be read cannot be read.
    """
    context = await read_context(store, clock)
    action = _action(order, context)
    account = await read_account(store)
    require_level(account, area_of(action), f"`{order.action}`")
    selection = await select(store, order, context)
    _check_number(selection, order.expect)
    rules = await _nat_rules(store, action, selection.things, context)
    plan = make_plan(action, selection, context, account=account, nat_rules=rules)
    cautions = await same_text_cautions(store, plan.action, plan.things, order, context)
    return replace(plan, cautions=cautions)


def _action(order: Order, context: FleetContext) -> Action:
    action = with_sms_options(parse_action(order.action, order.words, context), order, context)
    if order.reason is not None:
        if not isinstance(action, SetState):
            raise out_of_place("--reason", "only a change of state has a reason")
        action = replace(action, reason=f"{action.reason} {order.reason}")
    if order.end_session:
        if not isinstance(action, SetState) or action.state == State.ACTIVE:
            raise out_of_place("--end-session", "only suspending and retiring can cut a session")
        action = replace(action, end_session=True)
    if _retires(action) and order.yes and order.expect is None and not order.dry_run:
        raise UsageError(
            "Retiring is for good, so --yes is not enough",
            "How many Things are retired has to be said as well",
            "Add --expect with their number",
        )
    return action


def _retires(action: Action) -> bool:
    return isinstance(action, SetState) and action.state == State.RETIRED


def _check_number(selection: Selection, expected: int | None) -> None:
    number = len(selection.things)
    if number == 0:
        raise UsageError(
            "There is no Thing to do it to",
            f"The target is empty: {selection.words}",
            "Look for the right ones with: simtui things",
        )
    if expected is not None and number != expected:
        raise Conflict(
            "The target is not what was expected",
            f"It has {things_text(number)}, not {count_text(expected)}: {selection.words}",
            "Nothing was sent; look at it with --dry-run",
            name="TARGET_COUNT_CHANGED",
        )


async def _nat_rules(
    store: Store, action: Action, things: Iterable[Thing], context: FleetContext
) -> dict[str, list[NatRule]]:
    """The rules by Thing, where the action cares for them; a remark when they are unknown."""
    by_thing: dict[str, list[NatRule]] = {}
    if isinstance(action, UnlockIp) or _retires(action):
        for network_id in _networks_of(things, context):
            try:
                rules = await store.fetch(NatRulesQuery(network_id))
            except SimtuiError as error:
                print_remark(f"the NAT rules of {network_id} are not looked at: {error}")
                continue
            for rule in rules:
                by_thing.setdefault(rule.thing_id, []).append(rule)
    return by_thing


def _networks_of(things: Iterable[Thing], context: FleetContext) -> set[str]:
    groups = (context.groups.get(thing.things_group_id or "") for thing in things)
    return {group.network_id for group in groups if group is not None and group.network_id}
