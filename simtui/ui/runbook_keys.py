"""The keys about runbooks, one row each."""

from __future__ import annotations

from simtui.ui.key import Key, Scope


# fmt: off
def _from_things(scope: Scope, whom: str, footer: int = 0) -> Key:
    """From Things to the runbooks that fit."""
    return Key(f"runbook-{scope}", "b", "runbook", "runbook",
               f"Step by step, for {whom}: stolen SIM, or revive what is silent.", scope, footer,
               "runbook")


RUNBOOK_KEYS: tuple[Key, ...] = (
    Key("runbooks", "O", "go_runbooks", "runbooks",
        "The runs of runbooks: go on with one, or copy its report.", "everywhere",
        command="runbooks"),
    _from_things("things", "the marked rows or this one"),
    _from_things("thing", "this Thing"),
    _from_things("imei", "this Thing", 4),
    Key("copy-run", "c", "copy", "copy", "Copy its report or ticket text (OSC 52).", "runbooks", 2,
        "copy"),
    Key("do-step", "enter", "do_step", "do it", "Do the next step; what writes is planned first.",
        "stolen", 1),
    Key("skip-step", "x", "skip_step", "skip", "Leave the next step out.", "stolen", 2, "skip"),
    Key("take-up-step", "R", "take_up", "take up", "Take up the first step that was skipped.",
        "stolen", 3, "take-up"),
    Key("copy-ticket", "c", "copy", "ticket", "Copy the ticket text, as it is by now (OSC 52).",
        "stolen", 4, "copy"),
    Key("stolen-thing", "T", "thing", "Thing", "The Thing in detail.", "stolen", 5),
    Key("stop-revive", "x", "stop", "stop", "Stop it; what was sent stays sent.", "revive", 2,
        "stop", writes=True),
    Key("go-on-revive", "R", "go_on", "go on", "Go on where it was interrupted.", "revive", 3,
        "go-on", writes=True),
    Key("copy-report", "c", "copy", "report", "Copy the report as text (OSC 52).", "revive", 4,
        "copy"),
)
"""All of them; the footer's numbers count within what a page shows."""
