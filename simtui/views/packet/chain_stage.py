"""What a chain of the firewall decides about the packet (contract §3.5, §5)."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from simtui.models.settings import RuleSettings
from simtui.views.firewall.evaluate import Decision, RuleAction, decide
from simtui.views.firewall.finding import rules_text
from simtui.views.firewall.match import match_of
from simtui.views.firewall.reading import Unreadable
from simtui.views.forms.rule_text import rule_sentence
from simtui.views.packet.passage import Passage, Passed, with_note
from simtui.views.packet.step import Outcome, Stage, Step

_OUTCOMES: Final[dict[str, Outcome]] = {
    RuleAction.ALLOW: "PASS",
    RuleAction.DROP: "DROP",
    RuleAction.REJECT: "REJECT",
}


def inbound_chain(passage: Passage) -> Passed:
    """The chain towards the Thing."""
    return _chain(passage, Stage.INBOUND, passage.scene.inbound)


def outbound_chain(passage: Passage) -> Passed:
    """The chain from the Thing."""
    return _chain(passage, Stage.OUTBOUND, passage.scene.outbound)


def _chain(passage: Passage, stage: str, rules: tuple[RuleSettings, ...] | None) -> Passed:
    """One that is not known does not end the walk: what comes after may drop as well."""
    if rules is None:
        return Passed(Step(stage, "UNKNOWN", "the rules are not known"), passage)
    decision = decide(rules, passage.packet)
    outcome = _OUTCOMES.get(decision.action, "UNKNOWN")
    text = with_note(_text(rules, decision), passage)
    step = Step(stage, outcome, text, decision.index)
    return Passed(step, passage if outcome in ("PASS", "UNKNOWN") else None)


def _text(rules: Sequence[RuleSettings], decision: Decision) -> str:
    text = _decided(rules, decision)
    passed_over = [
        index
        for index, rule in enumerate(rules[: decision.index])
        if rule.enabled and not _is_readable(rule)
    ]
    if passed_over:
        verb = "is" if len(passed_over) == 1 else "are"
        text += f"; {rules_text(passed_over)} cannot be read and {verb} taken to match nothing"
    return text


def _decided(rules: Sequence[RuleSettings], decision: Decision) -> str:
    if not rules:
        return "the chain is empty: everything is allowed"
    if decision.index is None:
        return "no enabled rule matches: allowed"
    text = f"rule {decision.index + 1} decides: {rule_sentence(rules[decision.index])}"
    if decision.action not in RuleAction.ALL:
        text += "; what that action does is not known here"
    return text


def _is_readable(rule: RuleSettings) -> bool:
    try:
        match_of(rule)
    except Unreadable:
        return False
    return True
