"""The keys about messages, one row each."""

from __future__ import annotations

from simtui.ui.key import Key, Scope

_LISTS: tuple[Scope, ...] = ("sms", "conversation")


# fmt: off
def _to_things(scope: Scope, whom: str, footer: int) -> tuple[Key, ...]:
    """From a Thing to its messages."""
    return (
        Key(f"write-sms-{scope}", "s", "write_sms", "SMS", f"Write an SMS to {whom}.", scope,
            footer, writes=True),
        Key(f"messages-{scope}", "m", "messages", "messages",
            "The messages to and from the Thing.", scope, command="messages"),
    )


def _of_list(scope: Scope) -> tuple[Key, ...]:
    """What can be done to the rows of a list of messages."""
    return (
        Key(f"answer-{scope}", "s", "write_sms", "write", "Write an SMS to the Thing.", scope, 2,
            "write", writes=True),
        Key(f"send-again-{scope}", "R", "send_again", "again",
            "Send the message again, as a new one.", scope, 4, "again", writes=True),
        Key(f"cancel-sms-{scope}", "x", "cancel_sms", "cancel",
            "Cancel the message while it is queued.", scope, 5, "cancel", writes=True),
        Key(f"copy-sms-{scope}", "c", "copy", "copy", "Copy the text (OSC 52).", scope, 6, "copy"),
    )


SMS_KEYS: tuple[Key, ...] = (
    Key("sms", "6", "go_sms", "SMS", "The messages: open, by Thing, latest.", "everywhere",
        command="sms"),
    *_to_things("things", "the marked rows, or to this one", 4),
    *_to_things("thing", "this Thing", 2),
    *(key for scope in _LISTS for key in _of_list(scope)),
    Key("sms-view", "v", "next_view", "view", "Open and failed ones, conversations, or the latest.",
        "sms", 3, "view"),
    Key("deliveries", "d", "deliveries", "deliveries", "The messages that the job has sent.",
        "job", 2, "deliveries"),
)
"""All of them; the footer's numbers count within what a page shows."""
