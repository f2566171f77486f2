"""Settings as plain values, for files and the journal, and made of them again."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import msgspec

from simtui.models.config_change import SETTINGS
from simtui.models.settings import Settings


def plain_of(settings: Settings | None) -> Any:
    """Dicts, lists and scalars, named as in the settings; times as RFC 3339."""
    return None if settings is None else _lists(msgspec.to_builtins(settings))


def settings_from(kind: str, plain: Any) -> Settings | None:
    """The settings of a kind again.

    Raises:
        ValueError: when they cannot be made out.
    """
    if plain is None:
        return None
    try:
        settings: Settings = msgspec.convert(
            msgspec.to_builtins(plain, enc_hook=_plain), SETTINGS[kind]
        )
    except (msgspec.MsgspecError, LookupError) as error:
        raise ValueError(f"these are no settings of a {kind}") from error
    return settings


def fits(wanted: Any, now: Any) -> bool:
    """Whether plain values are as ``wanted``, which says nothing where it is None: what the
    server chooses itself, such as the id of a new rule."""
    if wanted is None:
        return True
    if isinstance(wanted, dict):
        return isinstance(now, dict) and all(fits(wanted[key], now.get(key)) for key in wanted)
    if isinstance(wanted, list):
        return isinstance(now, list) and len(now) == len(wanted) and all(map(fits, wanted, now))
    return bool(wanted == now)


def took(before: Any, after: Any, now: Any) -> bool:
    """Whether the plain values that differ between ``before`` and ``after`` are so ``now``.

    What was cleared may be anything but what it was: the server may put its own there.
    """
    if before == after:
        return True
    if after is None:
        return bool(now != before)
    if isinstance(before, dict) and isinstance(after, dict) and isinstance(now, dict):
        return all(took(before.get(key), after[key], now.get(key)) for key in after)
    return fits(after, now)


def _lists(value: Any) -> Any:
    """Plain values with lists where there are tuples, as a file gives them back."""
    if isinstance(value, dict):
        return {key: _lists(item) for key, item in value.items()}
    return [_lists(item) for item in value] if isinstance(value, (list, tuple)) else value


def _plain(value: Any) -> Any:
    if isinstance(value, Mapping):
        return dict(value)
    raise NotImplementedError(f"{type(value).__name__} is not plain")
