"""The filter of ``--filter``, with a finger on the place where it is wrong."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from simtui.views.filter.terms import Filter
    from simtui.views.filter.vocabulary import Vocabulary


def parsed_filter(text: str | None, vocabulary: Vocabulary | None = None) -> Filter:
    """What ``text`` means; no text lets everything through.

    Raises ``UsageError`` whose note shows the text with a caret under the mistake.
    """
    from simtui.views.filter.parser import parse
    from simtui.views.filter.problem import FilterError, caret

    try:
        return parse(text or "", vocabulary)
    except FilterError as error:
        for line in caret(text or "", error):
            error.add_note(f"  {line}")
        raise


def check_filter(text: str | None) -> None:
    """Raise ``UsageError`` like ``parsed_filter``; loads nothing when there is no text."""
    if text:
        parsed_filter(text)
