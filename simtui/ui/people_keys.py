"""The keys of the users and of the account, one row each."""

from __future__ import annotations

from simtui.ui.key import Key

# fmt: off
PEOPLE_KEYS: tuple[Key, ...] = (
    Key("new-user", "n", "new", "invite", "Invite a user.", "users", 2, "invite", writes=True),
    Key("edit-user", "e", "edit", "edit", "Change name, address, level or status of the user.",
        "users", 3, "edit", writes=True),
    Key("toggle-user", "t", "toggle_row", "on/off", "Disable the user, or enable them again.",
        "users", 4, "toggle", writes=True),
    Key("delete-user", "ctrl+d", "delete", "delete",
        "Delete the user, after the difference was shown.", "users", 5, "delete", writes=True),
    Key("user-levels", "v", "next_view", "levels",
        "What each permission level may do; again: the users.", "users", 6, "levels"),
    Key("users", "9", "go_users", "users", "The users, and what each may do.", "everywhere",
        command="users"),
    Key("account", "at", "go_account", "account",
        "The account: limits, quota, APN, coverage, and the API itself.", "everywhere",
        command="account"),
)
"""All of them; the footer's numbers count within what a page shows."""
