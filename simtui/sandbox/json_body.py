"""Bodies: JSON read strictly, so that a client's mistake shows (contract §1.3)."""

from __future__ import annotations

import json
import math
from typing import Any

from simtui.sandbox.call import Refused

LARGEST = 2_000_000
"""Bytes a body may have."""
_INT64 = range(-(2**63), 2**63)


def read_json(content: bytes, content_type: str | None) -> Any:
    """Parse the body of a request.

    Integral numbers come as ``int`` however they are written (``5.0``).

    Raises:
        Refused: 400 ``MALFORMED_JSON`` for another media type or charset, syntax,
            duplicate names, NUL, lone surrogates, and numbers no machine can hold.
    """
    _check_media_type(content_type)
    if len(content) > LARGEST:
        raise _malformed(f"The body is larger than {LARGEST} bytes")
    try:
        text = content.decode("utf-8")
        value = json.loads(
            text,
            object_pairs_hook=_without_duplicates,
            parse_constant=_no_constant,
            parse_float=_number,
            parse_int=_integer,
        )
    except UnicodeDecodeError:
        raise _malformed("The body is not UTF-8") from None
    except json.JSONDecodeError as error:
        raise _malformed(
            f"The body is not JSON: {error.msg} at line {error.lineno} column {error.colno}"
        ) from None
    except RecursionError:
        raise _malformed("The body is nested too deeply") from None
    if "\\u" in text or "\0" in text:
        _check_text(value)
    return value


def _malformed(message: str) -> Refused:
    return Refused(400, "MALFORMED_JSON", message)


def _check_media_type(content_type: str | None) -> None:
    media_type, *parameters = [part.strip() for part in (content_type or "").lower().split(";")]
    if media_type != "application/json":
        raise _malformed(f"The body must be application/json, not {media_type or 'untyped'}")
    for parameter in parameters:
        name, _, value = parameter.partition("=")
        if name == "charset" and value.strip('"') not in ("utf-8", "utf8"):
            raise _malformed(f"The body must be UTF-8, not {value}")


def _without_duplicates(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    members = dict(pairs)
    if len(members) < len(pairs):
        names = [name for name, _ in pairs]
        twice = next(name for name in names if names.count(name) > 1)
        raise _malformed(f"The body names {twice!r} twice")
    return members


def _no_constant(name: str) -> Any:
    raise _malformed(f"{name} is not JSON")


def _number(text: str) -> int | float:
    value = float(text)
    if not math.isfinite(value):
        raise _malformed(f"The number {text[:40]} is too large")
    return _in_range(int(value)) if value.is_integer() else value


def _integer(text: str) -> int:
    if len(text) > len(str(_INT64.start)):
        raise _malformed(f"The number {text[:40]} is too large")
    return _in_range(int(text))


def _in_range(value: int) -> int:
    if value not in _INT64:
        raise _malformed(f"The number {value} is too large")
    return value


def _check_text(value: Any) -> None:
    """Refuse what JSON can escape but no text should hold: NUL and lone surrogates."""
    if isinstance(value, str):
        if any(char == "\0" or "\ud800" <= char <= "\udfff" for char in value):
            raise _malformed("The body holds a NUL or half of a surrogate pair")
    elif isinstance(value, list):
        for element in value:
            _check_text(element)
    elif isinstance(value, dict):
        for name, element in value.items():
            _check_text(name)
            _check_text(element)
