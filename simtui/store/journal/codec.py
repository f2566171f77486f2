"""The lines of a journal file: each one record as a JSON document.

{"version": 1, "type": "intent", "record": {...}}     a write that is about to leave
{"version": 1, "type": "result", "record": {...}}     what was learnt of it

They are plain ASCII, so that a name cannot reach the terminal of whoever looks into the
file, and a lone surrogate, which UTF-8 does not have, comes back as it was.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any, Final, TypeAlias

import msgspec

from simtui.models.journal import Intent, Result

Record: TypeAlias = Intent | Result

FORMAT: Final = 1

_TYPES: Final[Mapping[str, type[Record]]] = {"intent": Intent, "result": Result}


def encode(record: Record) -> bytes:
    """The record as one line, with its newline and no other."""
    kind = "intent" if isinstance(record, Intent) else "result"
    document = {
        "version": FORMAT,
        "type": kind,
        "record": msgspec.to_builtins(record, enc_hook=_plain),
    }
    return json.dumps(document, separators=(",", ":")).encode("ascii") + b"\n"


def decode(line: bytes) -> Record | None:
    """The record of a line; None for one that is torn, or of another version or type.

    Fields that are not known are left out. Values come back as JSON has them: lists for
    tuples, mappings for objects, strings for times within ``parameters`` and ``fields``.
    """
    try:
        document = json.loads(line)
        if document["version"] != FORMAT:
            return None
        record = msgspec.convert(document["record"], _TYPES[document["type"]])
    except (ValueError, LookupError, TypeError, RecursionError, msgspec.MsgspecError):
        return None
    return record if record.at.tzinfo is not None else None


def _plain(value: Any) -> Any:
    if isinstance(value, Mapping):
        return dict(value)
    raise NotImplementedError(f"{type(value).__name__} has no place in a journal")
