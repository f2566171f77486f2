"""Values and tables as TOML text, always spelled the same way and safe to print."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from datetime import UTC, datetime
from typing import Final, NamedTuple, TypeAlias

from simtui.views.text import UNSAFE, clean

Value: TypeAlias = str | bool | int | datetime | Sequence[str] | Sequence[int]
"""What a key can have; a moment is aware."""

_WIDTH: Final = 100
_COMMENT_LIMIT: Final = 100
_SHORT: Final = {'"': '\\"', "\\": "\\\\", "\n": "\\n", "\t": "\\t", "\r": "\\r"}
_SPECIAL: Final = re.compile(f'["\\\\]|{UNSAFE.pattern}')
_REPLACEMENT: Final = "\ufffd"


class Pair(NamedTuple):
    """A key with its value; one without a value is left out. ``comment`` stands behind it."""

    key: str
    value: Value | None
    comment: str = ""


def table_lines(header: str, pairs: Iterable[Pair], comment: str = "") -> Iterator[str]:
    """A table under its header, such as ``[[pool]]``; without a header the keys alone."""
    if header:
        yield header + _comment(comment)
    for key, value, remark in pairs:
        if value is not None:
            yield from _pair_lines(key, value, remark)


def comment_line(text: str) -> str:
    """A comment of its own line."""
    return f"# {clean(text, _COMMENT_LIMIT)}"


def value_text(value: Value) -> str:
    """A value on one line."""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, int):
        return str(value)
    if isinstance(value, str):
        return f'"{_SPECIAL.sub(_escaped, value)}"'
    if isinstance(value, datetime):
        return value.astimezone(UTC).replace(tzinfo=None).isoformat() + "Z"
    return f"[{', '.join(map(value_text, value))}]"


def _pair_lines(key: str, value: Value, remark: str) -> Iterator[str]:
    """One line, or a list with an item on each line when it is too long for that."""
    line = f"{key} = {value_text(value)}{_comment(remark)}"
    if isinstance(value, Sequence) and not isinstance(value, str) and len(line) > _WIDTH:
        yield f"{key} = ["
        for item in value:
            yield f"    {value_text(item)},"
        yield "]"
    else:
        yield line


def _comment(text: str) -> str:
    return f"  {comment_line(text)}" if text else ""


def _escaped(match: re.Match[str]) -> str:
    """An escape of TOML; half a surrogate pair has none and is lost, as it is in UTF-8."""
    character = match[0]
    if character in _SHORT:
        return _SHORT[character]
    code = ord(character)
    if 0xD800 <= code <= 0xDFFF:
        return _REPLACEMENT
    return f"\\u{code:04x}" if code < 0x10000 else f"\\U{code:08x}"
