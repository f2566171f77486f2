"""The words for actions: one table for the menu, the shell and the line behind ``:``."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final, Literal, TypeAlias

from simtui.errors import UsageError
from simtui.models.action import Action
from simtui.models.permission import Area
from simtui.views.filter.problem import nearest
from simtui.views.fleet_context import FleetContext
from simtui.views.plan.action_arguments import PARSERS, wrong_arguments
from simtui.views.plan.wording import named

AnswerKind: TypeAlias = Literal[
    "text", "tag", "tags", "group", "services", "address", "imei-lock", "number", "sms"
]


@dataclass(frozen=True, slots=True)
class Question:
    """One thing that a form asks for; the answers in order are the arguments of the word."""

    label: str
    kind: AnswerKind
    optional: bool = False
    hint: str = ""


@dataclass(frozen=True, slots=True)
class ActionWord:
    """A word for an action.

    ``arguments`` is how they are typed, ``label`` what a menu shows, ``area`` who may do it
    (``models.permission.Area``); ``single`` is for one Thing at a time. ``form`` has the
    questions to ask, none when the word says it all.
    """

    name: str
    arguments: str
    label: str
    help: str
    area: str
    single: bool = False
    form: tuple[Question, ...] = ()

    @property
    def usage(self) -> str:
        """``rename-tag OLD NEW``."""
        return f"{self.name} {self.arguments}".rstrip()


_REASON = Question("Reason", "text", optional=True, hint="a ticket, for the state history")
_STATE_ARGUMENTS = "[--end-session] [REASON]"

_ALL: Final = (
    ActionWord(
        "activate", "[REASON]", "Activate", "Put into service; charged from this cycle on.",
        Area.ACTIONS, form=(_REASON,),
    ),
    ActionWord(
        "suspend", _STATE_ARGUMENTS, "Suspend", "Stop its traffic; can be resumed.",
        Area.ACTIONS, form=(_REASON,),
    ),
    ActionWord(
        "resume", "[REASON]", "Resume", "Put back into service what is suspended.",
        Area.ACTIONS, form=(_REASON,),
    ),
    ActionWord(
        "retire", _STATE_ARGUMENTS, "Retire", "Take out of service for good; no way back.",
        Area.RETIRE, form=(_REASON,),
    ),
    ActionWord(
        "name", "NAME", "Name", 'Give another name; "" for none.',
        Area.ACTIONS, single=True, form=(Question("Name", "text", hint="up to 64 characters"),),
    ),
    ActionWord(
        "describe", "TEXT", "Describe", 'Give another description; "" for none.',
        Area.ACTIONS, single=True,
        form=(Question("Description", "text", hint="up to 256 characters"),),
    ),
    ActionWord(
        "tags", "TAG,…", "Set tags", 'Give exactly these tags; "" for none.',
        Area.TAGS, single=True, form=(Question("Tags", "tags", hint="with commas between"),),
    ),
    ActionWord(
        "add-tag", "TAG,…", "Add tags", "Add the tags that are lacking.",
        Area.TAGS, form=(Question("Tags", "tags", hint="with commas between"),),
    ),
    ActionWord(
        "remove-tag", "TAG,…", "Remove tags", "Take tags away.",
        Area.TAGS, form=(Question("Tags", "tags", hint="with commas between"),),
    ),
    ActionWord(
        "rename-tag", "OLD NEW", "Rename a tag", "Put one tag in the place of another.",
        Area.TAGS, form=(Question("Old tag", "tag"), Question("New tag", "tag")),
    ),
    ActionWord(
        "move", "GROUP", "Move to another group",
        "Other network and firewall from next session.",
        Area.ACTIONS, form=(Question("Things Group", "group", hint="by name or id"),),
    ),
    ActionWord(
        "services", "data|sms|both|none", "Restrict services", "Allow exactly these services.",
        Area.ACTIONS, form=(Question("Services", "services", hint="data, sms, both or none"),),
    ),
    ActionWord(
        "lock-ip", "[ADDRESS]", "Lock the IP",
        "Keep the present address, or a chosen one.",
        Area.ACTIONS,
        form=(Question("Address", "address", optional=True, hint="empty: the present lease"),),
    ),
    ActionWord(
        "unlock-ip", "", "Unlock the IP", "Turn the locked address into a lease.", Area.ACTIONS
    ),
    ActionWord(
        "imei-lock", "off|present|IMEI|TAC", "IMEI lock",
        "Let the SIM work in one device or model only.",
        Area.ACTIONS,
        form=(Question("Lock to", "imei-lock", hint="off, present, an IMEI or a TAC"),),
    ),
    ActionWord(
        "reset", "", "Reset the connection",
        "Cut the session; the device attaches anew.", Area.ACTIONS,
    ),
    ActionWord(
        "ping", "[COUNT [BYTES]]", "Ping", "Send 1 to 10 echo requests.",
        Area.ACTIONS, single=True,
        form=(
            Question("Requests", "number", optional=True, hint="1 to 10, else 3"),
            Question("Bytes", "number", optional=True, hint="0 to 1472, else 56"),
        ),
    ),
    ActionWord(
        "send-sms", "[--valid=MINUTES] [--sender=WHO] TEXT", "Send an SMS",
        "Send a text; {name}, {iccid} and {ip} are each Thing's own.",
        Area.ACTIONS, form=(Question("Text", "sms"),),
    ),
)  # fmt: skip

ACTION_WORDS: Final[Mapping[str, ActionWord]] = {word.name: word for word in _ALL}
"""Every word by its name, in the order of the menu."""


def find_word(name: str) -> ActionWord:
    """The word, in any case. Raises ``UsageError`` when there is no such word."""
    word = ACTION_WORDS.get(name.strip().lower())
    if word is not None:
        return word
    close = nearest(name, ACTION_WORDS)
    raise UsageError(
        f"“{named(name)}” is not an action",
        f"There are {', '.join(ACTION_WORDS)}",
        f"Did you mean {close}?" if close else "",
    )


def parse_action(name: str, arguments: Sequence[str], context: FleetContext) -> Action:
    """The action that a word and its arguments ask for.

    Things are not looked at: what depends on them is judged by ``make_plan``.

    Raises:
        UsageError: an unknown word, or arguments it cannot have, with what was expected.
    """
    word = find_word(name)
    action = PARSERS[word.name](tuple(arguments), context)
    if action is None:
        raise wrong_arguments(word.usage, arguments)
    return action
