"""A NAT rule in its form, beside the other rules of its network."""

from __future__ import annotations

from simtui.models import NatRule, Network
from simtui.models.config_change import Ref
from simtui.models.settings import NatSettings, Settings, settings_of
from simtui.store.config_queries import NatRulesQuery
from simtui.ui.configuring.edits import gone
from simtui.ui.configuring.form_edit import FormEdit, SavePlan
from simtui.ui.configuring.nat_plan import NatPlans
from simtui.ui.configuring.nat_things import nat_things
from simtui.ui.fleet_feed import FleetFeed
from simtui.views.forms.field import Form
from simtui.views.forms.nat_rule_form import nat_form
from simtui.views.plan.wording import named


async def nat_rule_edit(feed: FleetFeed, ref: Ref) -> FormEdit[NatSettings]:
    """The rule as it is, or a new one.

    Raises:
        NotFound: when it is not there any more.
        SimtuiError: when the rules of its network cannot be read.
    """
    plans, rules = await _read(feed, ref)
    network, things = plans.network, nat_things(feed, ref.parent_id)
    rule = _own(rules, ref)

    def form_of(shown: Settings | None) -> Form[NatSettings]:
        settings = shown if isinstance(shown, NatSettings) else None
        context = feed.context
        return nat_form(settings, network, *things, rules, ref.object_id, context.now, context)

    def plan_of(wanted: NatSettings, before: Settings | None, version: int) -> SavePlan:
        return plans.save(wanted, before, version)

    before = settings_of(rule) if rule is not None else None
    title = plans.title(before) if before else f"new NAT rule of network {named(network.name)}"
    return FormEdit(ref, title, form_of, plan_of, before, rule.version if rule else 0)


async def nat_rule_deletion(feed: FleetFeed, ref: Ref) -> SavePlan:
    """Taking the rule away, as it is now.

    Raises:
        NotFound: when it is not there any more.
        SimtuiError: when the rules of its network cannot be read.
    """
    plans, rules = await _read(feed, ref)
    rule = _own(rules, ref)
    if rule is None:
        raise gone("The NAT rule")
    return plans.delete(rule)


async def _read(feed: FleetFeed, ref: Ref) -> tuple[NatPlans, tuple[NatRule, ...]]:
    network: Network | None = feed.context.networks.get(ref.parent_id)
    if network is None:
        raise gone("The network")
    rules = await feed.store.fetch(NatRulesQuery(ref.parent_id))
    return NatPlans(feed, ref, network, tuple(rule.nat_rule_id for rule in rules)), rules


def _own(rules: tuple[NatRule, ...], ref: Ref) -> NatRule | None:
    """The rule that is meant; None for a new one. Raises ``NotFound``."""
    rule = next((one for one in rules if one.nat_rule_id == ref.object_id), None)
    if ref.object_id and rule is None:
        raise gone("The NAT rule")
    return rule
