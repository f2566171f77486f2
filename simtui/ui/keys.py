"""The key registry: everything that shows or binds keys reads it.

Bindings, the footer, ``?``, the ``:`` twins, the configurable keymap and the table in
the README come from the rows of `simtui.ui.key_list`, so that they cannot disagree.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from typing import TypeAlias

from textual.binding import Binding, BindingType

from simtui.errors import ConfigError
from simtui.ui.key import Key, Scope
from simtui.ui.key_list import KEYS

Moved: TypeAlias = Mapping[str, tuple[str, ...]]
"""From the id of a row to the keys that the configuration gives it."""

NO_KEY = "no-key"
"""What a row without a key is bound to; no terminal sends it."""
_MEETING: tuple[tuple[Scope, ...], ...] = (
    ("table", "marks", "things", "everywhere"),
    ("text", "thing", "everywhere"),
    ("table", "why", "everywhere"),
    ("table", "jobs", "everywhere"),
    ("table", "job", "everywhere"),
    ("table", "journal", "everywhere"),
    ("text", "entry", "everywhere"),
    ("table", "imei", "everywhere"),
    ("table", "sms", "everywhere"),
    ("table", "conversation", "everywhere"),
    ("table", "changes", "everywhere"),
    ("table", "blast", "everywhere"),
    ("table", "runbooks", "everywhere"),
    ("text", "stolen", "everywhere"),
    ("table", "revive", "everywhere"),
    ("table", "groups", "everywhere"),
    ("text", "group", "everywhere"),
    ("table", "networks", "everywhere"),
    ("table", "pools", "network", "everywhere"),
    ("table", "editor", "network", "everywhere"),
    ("table", "nat", "network", "everywhere"),
    ("table", "tunnels", "network", "everywhere"),
    ("table", "leases", "everywhere"),
    ("text", "tunnel", "everywhere"),
    ("table", "profiles", "everywhere"),
    ("table", "editor", "firewall", "everywhere"),
    ("table", "billing", "everywhere"),
    ("table", "users", "everywhere"),
)
"""Scopes whose keys a page can have at the same time."""
_SPELLED = {
    "ctrl+@": "ctrl+space",
    "ctrl+backslash": "ctrl+\\",
    "slash": "/",
    "colon": ":",
    "question_mark": "?",
    "exclamation_mark": "!",
    "dollar_sign": "$",
    "less_than_sign": "<",
    "greater_than_sign": ">",
    "asterisk": "*",
    "at": "@",
    "tilde": "~",
    "left_square_bracket": "[",
    "right_square_bracket": "]",
    "pagedown": "pgdn",
    "pageup": "pgup",
    "escape": "esc",
    "down": "↓",
    "up": "↑",
    "left": "←",
    "right": "→",
}
_UNBINDABLE = {"ctrl+h", "ctrl+i", "ctrl+j", "ctrl+m", "ctrl+left_square_bracket"}


def spelled(keys: str) -> str:
    """The keys as a person reads them: ``slash`` is ``/``."""
    names = (_SPELLED.get(key.strip(), key.strip()) for key in keys.split(","))
    return " ".join(dict.fromkeys(names))


def keys_of(
    scopes: Iterable[Scope], *, read_only: bool = False, moved: Moved | None = None
) -> tuple[Key, ...]:
    """The rows of some scopes as ``moved``; keys that write do not exist when read-only."""
    wanted, moved = set(scopes), moved or {}
    return tuple(
        replace(key, keys=",".join(moved[key.id])) if key.id in moved else key
        for key in KEYS
        if key.scope in wanted and not (read_only and key.writes)
    )


def bindings(*scopes: Scope) -> list[BindingType]:
    """Textual's bindings for some scopes; ids let the keymap move them."""
    return [
        Binding(key.keys, key.action, key.label, show=False, id=key.id) for key in keys_of(scopes)
    ]


def footer_keys(
    scopes: Iterable[Scope], *, read_only: bool = False, moved: Moved | None = None
) -> tuple[Key, ...]:
    """What the footer offers, in its order."""
    rows = keys_of(scopes, read_only=read_only, moved=moved)
    rows = tuple(key for key in rows if key.footer and key.keys)
    return tuple(sorted(rows, key=lambda key: key.footer))


def keymap_of(configured: Moved, *, read_only: bool = False) -> dict[str, str]:
    """The configuration's ``[keys]`` as Textual's keymap; when read-only, nothing writes.

    Raises:
        ConfigError: for an unknown id, a key that a terminal cannot tell apart, or one
            that would do two things.
    """
    _check(configured)
    keymap = {identity: ",".join(keys) or NO_KEY for identity, keys in configured.items()}
    silent = {key.id: NO_KEY for key in KEYS if read_only and key.writes}
    return keymap | silent


def _check(configured: Moved) -> None:
    known = {key.id for key in KEYS}
    for identity, keys in configured.items():
        if identity not in known:
            raise ConfigError(
                f"[keys] names an unknown action '{identity}'",
                f"Known are: {', '.join(sorted(known))}",
            )
        for key in keys:
            if key in _UNBINDABLE:
                raise ConfigError(
                    f"[keys] {identity} cannot be bound to {key}",
                    "A terminal sends the same for it as for backspace, tab, enter or esc",
                    "Choose another key.",
                )
    for scopes in _MEETING:
        _refuse_clashes(keys_of(scopes, moved=configured))


def _refuse_clashes(rows: Iterable[Key]) -> None:
    taken: dict[str, str] = {}
    for row in rows:
        for key in filter(None, row.keys.split(",")):
            if key in taken:
                raise ConfigError(
                    f"[keys] {key} would mean both {taken[key]} and {row.id}",
                    "Both are there on one page",
                    "Give one of the two another key.",
                )
            taken[key] = row.id
