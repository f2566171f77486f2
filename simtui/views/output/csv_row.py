"""One line of CSV, safe for the terminal and for the spreadsheet that opens it."""

from __future__ import annotations

import csv
import re
from collections.abc import Iterable
from datetime import UTC, datetime

from simtui.views.text import clean

_FORMULA_STARTS = ("=", "+", "-", "@")
_NUMBER = re.compile(r"-?[0-9]+(\.[0-9]+)?")


class Number(str):
    """Text that is known to be a number, which is no formula even with a minus in front."""

    __slots__ = ()


def csv_row(values: Iterable[object]) -> str:
    """The values with RFC 4180 quoting; None is empty.

    Text that a spreadsheet would run as a formula gets an apostrophe in front.
    """
    return str(_as_line([_guarded(value) for value in values]))


def csv_number(text: str) -> str:
    """A number of the API exactly as it is told; what is none is text like any other."""
    return Number(text) if _NUMBER.fullmatch(text) else text


def csv_time(moment: datetime | None) -> str | None:
    """A time in UTC with Z, as precise as it is known."""
    return None if moment is None else moment.astimezone(UTC).isoformat().replace("+00:00", "Z")


class _Lines:
    """What a csv writer writes to; handing the text back makes ``writerow`` return it."""

    def write(self, text: str) -> str:
        return text


_as_line = csv.writer(_Lines(), lineterminator="").writerow


def _guarded(value: object) -> str:
    if value is None:
        return ""
    if isinstance(value, Number):
        return value
    text = clean(str(value))
    return f"'{text}" if text.startswith(_FORMULA_STARTS) else text
