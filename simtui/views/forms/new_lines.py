"""Several lines in a field of one line: a sign stands for each new line."""

from __future__ import annotations

from typing import Final

from simtui.views.forms.entry import shown_text

NEW_LINE: Final = "⏎"
"""What stands in the field for a new line."""


def typed_text(answer: str) -> str:
    """The text that is meant by what stands in the field."""
    return answer.replace(NEW_LINE, "\n")


def shown_in_field(text: str) -> str:
    """The text as it can stand in the field."""
    whole = text.replace("\r\n", "\n").replace("\r", "\n")
    return NEW_LINE.join(map(shown_text, whole.split("\n")))
