"""What can be typed behind ``:`` to act: ``add-tag depot-7 on group:"North yard"``."""

from __future__ import annotations

import re
import shlex
from typing import NamedTuple

from simtui.errors import UsageError
from simtui.ui.acting.offers import Offers
from simtui.views.forms.field import Choice

_ON = re.compile(r'"(?:[^"\\]|\\.)*"|(?:(?<=\s)|^)(on)(?=\s|$)')


class OrderWords(NamedTuple):
    """The arguments of an action, and the filter behind ``on``; None: nobody said of whom."""

    arguments: tuple[str, ...]
    filter_text: str | None


def read_order(text: str) -> OrderWords:
    """Split what stands behind the word for an action.

    Raises:
        UsageError: when a quote is not closed.
    """
    head, filter_text = split_on(text)
    return OrderWords(_words(head), filter_text)


def split_on(text: str) -> tuple[str, str | None]:
    """The text before the last ``on`` outside of quotes, and the filter behind it."""
    places = [match for match in _ON.finditer(text) if match[1]]
    if not places:
        return text.strip(), None
    return text[: places[-1].start()].strip(), text[places[-1].end() :].strip()


def complete_words(text: str, offers: Offers, complete_filter: Offers) -> list[str]:
    """The whole texts behind the word that ``text`` could become."""
    head, filter_text = split_on(text)
    if filter_text is not None and text.rstrip() != head:
        before = f"{head} on ".lstrip()
        return [before + offer.text for offer in complete_filter(filter_text)]
    typed = text.strip().strip('"')
    return [_quoted(offer) for offer in offers(typed) if _starts(offer, typed)]


def _starts(offer: Choice, typed: str) -> bool:
    return offer.text.casefold().startswith(typed.casefold())


def _quoted(offer: Choice) -> str:
    return f'"{offer.text}"' if " " in offer.text else offer.text


def _words(text: str) -> tuple[str, ...]:
    """Words with blanks between; double quotes keep a blank inside one."""
    reader = shlex.shlex(text, posix=True)
    reader.whitespace_split = True
    reader.commenters = ""
    reader.quotes = '"'
    try:
        return tuple(reader)
    except ValueError:
        raise UsageError("A quote is not closed", hint='Put " on both sides of it') from None
