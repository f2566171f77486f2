"""The vendor's how-to about users, by keyboard alone at 80x24, in the demo."""

from __future__ import annotations

from pathlib import Path

from tests.app.terminal import Terminal
from tests.app.test_config_how_tos import SAVE, demo, leave, ready, see

FIRST_ROW = 4
"""Line of the screen on which the first user stands."""


def to_user(terminal: Terminal, name: str) -> None:
    """Put the cursor on the row of a user."""
    at = next(at for at, line in enumerate(terminal.lines) if line[3:].startswith(name))
    terminal.type("g" + "j" * (at - FIRST_ROW))
    terminal.wait_for(lambda: terminal.lines[at].startswith(f"▌  {name}"))


def test_invite_a_user_with_the_lowest_level(tmp_path: Path) -> None:
    with demo(tmp_path) as terminal:
        ready(terminal)
        terminal.type("9")
        see(terminal, "9 users, 7 active", "Anna de Vries")
        terminal.type("n")
        see(terminal, "Invite a user")
        terminal.type("zoe.example.com\t")
        see(terminal, "“zoe.example.com” has no @ in it", "For example anna@example.com")
        terminal.type("\x1b[Z\x15zoe@example.com\tZoe Claes\t")
        see(terminal, "lowest: changes nothing; reads Things", "READ_ONLY may change: nothing")
        terminal.type(SAVE)
        see(terminal, "+ permission level: READ_ONLY", "enter: invite the user")
        terminal.type("\r")
        see(terminal, "✓ Invited: user zoe@example.com", "10 users, 7 active")
        to_user(terminal, "Zoe Claes")
        see(terminal, "◌ invited", "Zoe Claes · READ_ONLY", "May change nothing")
        terminal.type("0")
        see(terminal, "Invite user zoe@example.com")
        leave(terminal)


def test_the_last_administrator_is_refused_with_the_reason_and_the_way_out(tmp_path: Path) -> None:
    with demo(tmp_path) as terminal:
        ready(terminal)
        terminal.type("9")
        see(terminal, "9 users, 7 active", "Bram Jansen")
        to_user(terminal, "Bram Jansen")
        terminal.type("t")
        see(terminal, "~ status: ACTIVE → DISABLED", "enter: save it")
        terminal.type("\r")
        see(terminal, "✓ Saved: user bram@example.com", "9 users, 6 active")
        to_user(terminal, "Anna de Vries")
        see(terminal, "last active administrator: level and status stay")
        terminal.type("\x04")
        see(terminal, "✗ User anna@example.com cannot be deleted")
        terminal.type("!")
        see(terminal, "is the last active administrator.", "Make another user")
        terminal.type("\x1b")
        terminal.wait_for(lambda: "─ Error ─" not in terminal.text)
        terminal.type("e")
        see(terminal, "User anna@example.com", "enter next")
        terminal.type("\t\t\x15OPERATOR\t")
        see(terminal, "✗ User anna@example.com is the last active administrator.")
        see(terminal, "Make another user")
        terminal.type("\x1b")
        see(terminal, "Kept unsaved: user anna@example.com")
        leave(terminal)


def test_the_account_tells_its_limits_its_quota_and_where_it_works(tmp_path: Path) -> None:
    with demo(tmp_path) as terminal:
        ready(terminal)
        terminal.type("@")
        see(terminal, "demo ▸ Account", "Level ADMINISTRATOR", "of 1,000,")
        terminal.type("G")
        see(terminal, "Netherlands MCC 204", "2G, 3G, 4G and LTE-M", "iot.programmable, fixed")
        leave(terminal)
