"""One line of CSV, safe for the terminal and for the spreadsheet that opens it."""

from __future__ import annotations

import csv
import re
from collections.abc import Iterable
from datetime import UTC, datetime

from simtui.views.text import clean

_FORMULA_STARTS = ("=", "+", "-", "@")
_NUMBER = re.compile(r"-?[0-9]+(\.[0-9]+)?")


def csv_row(values: Iterable[object]) -> str:
    """The values with RFC 4180 quoting; None is empty.

    Text that a spreadsheet would run as a formula gets an apostrophe in front; a negative
    number is none.
    """
    return str(_as_line([_guarded(value) for value in values]))


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
    text = clean(str(value))
    is_formula = text.startswith(_FORMULA_STARTS) and not _NUMBER.fullmatch(text)
    return f"'{text}" if is_formula else text
