"""One filter rule of a chain as a form (contract §3.5)."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Final, NamedTuple

from simtui.errors import UsageError
from simtui.models.settings import RuleSettings
from simtui.views.cell import Cell
from simtui.views.fields.cidr import ANY, parse_any_cidr
from simtui.views.fields.ports import has_ports, parse_ports, parse_protocol
from simtui.views.fields.text import parse_comment
from simtui.views.forms.entry import Entry, text_entry
from simtui.views.forms.field import Answers, Choice, FieldError, Form
from simtui.views.forms.on_off import enabled_entry
from simtui.views.forms.options import choice_entry, suggestions, words
from simtui.views.forms.rule_text import rule_sentence
from simtui.views.plan.wording import named

ACTIONS: Final = words(
    "action",
    Choice("ALLOW", "let it pass"),
    Choice("DROP", "discard it without a word"),
    Choice("REJECT", "discard it and tell the sender"),
)
"""What a rule does with what matches."""

_PROTOCOLS = suggestions(
    Choice("ANY", "every protocol"),
    Choice("TCP"),
    Choice("UDP"),
    Choice("ICMP", "has no ports"),
    Choice("47", "GRE"),
    Choice("50", "ESP"),
)
_ANYWHERE = suggestions(Choice(ANY, "anywhere"))
_ANY_PORT = suggestions(Choice(ANY, "every port"))


class _Entries(NamedTuple):
    """The fields of a rule, from left to right as it is written."""

    action: Entry[str]
    protocol: Entry[str]
    src_cidr: Entry[str]
    src_ports: Entry[str]
    dst_cidr: Entry[str]
    dst_ports: Entry[str]
    enabled: Entry[bool]
    comment: Entry[str]


def rule_form(
    settings: RuleSettings | None, lint_of: Callable[[RuleSettings], Sequence[Cell]]
) -> Form[RuleSettings]:
    """A rule as it is, or a new one; ``lint_of`` says what is odd about it in its chain."""
    entries = _entries(settings)

    def read(answers: Answers) -> RuleSettings:
        rule = _read(entries, answers, settings.rule_id if settings else None)
        for name, ports in (("src_ports", rule.src_ports), ("dst_ports", rule.dst_ports)):
            if ports != ANY and not has_ports(rule.protocol):
                raise _without_ports(name, rule.protocol)
        return rule

    def remarks(answers: Answers) -> Sequence[Cell]:
        try:
            rule = read(answers)
        except UsageError:
            return ()
        return (Cell(rule_sentence(rule), "strong"), *lint_of(rule))

    title = "Filter rule" if settings else "New filter rule"
    return Form(title, tuple(entry.field for entry in entries), read, remarks)


def _entries(settings: RuleSettings | None) -> _Entries:
    def line(
        name: str,
        label: str,
        parse: Callable[[str], str],
        example: str,
        choices: Callable[[str], Sequence[Choice]] | None = None,
    ) -> Entry[str]:
        original: str | None = getattr(settings, name) if settings else None
        return text_entry(name, label, parse, original, example=example, choices=choices)

    action = settings.action if settings else ""
    actions = ACTIONS.including(action, action) if settings else ACTIONS
    return _Entries(
        choice_entry("action", "Action", actions, actions.text_of(action)),
        line("protocol", "Protocol", parse_protocol, "TCP; nothing is ANY", _PROTOCOLS),
        line("src_cidr", "Source", parse_any_cidr, "192.0.2.0/24; nothing is ANY", _ANYWHERE),
        line("src_ports", "Source ports", parse_ports, "1024-65535; nothing is ANY", _ANY_PORT),
        line("dst_cidr", "Destination", parse_any_cidr, "10.0.0.0/8; nothing is ANY", _ANYWHERE),
        line("dst_ports", "Dest. ports", parse_ports, "22,8000-8010; nothing is ANY", _ANY_PORT),
        enabled_entry(settings.enabled if settings else True, "rule"),
        line("comment", "Comment", parse_comment, "why it is there"),
    )


def _read(entries: _Entries, answers: Answers, rule_id: str | None) -> RuleSettings:
    return RuleSettings(
        entries.action.read(answers),
        entries.protocol.read(answers),
        entries.src_cidr.read(answers),
        entries.src_ports.read(answers),
        entries.dst_cidr.read(answers),
        entries.dst_ports.read(answers),
        entries.enabled.read(answers),
        entries.comment.read(answers),
        rule_id,
    )


def _without_ports(field: str, protocol: str) -> FieldError:
    what = "Every protocol together has" if protocol == ANY else f"Protocol {named(protocol)} has"
    return FieldError(
        field,
        f"{what} no ports",
        "Only protocols that have ports, such as TCP and UDP, can be told apart by them",
        "Choose TCP or UDP, or leave the ports at ANY",
    )
