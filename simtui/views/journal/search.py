"""Finding writes in the journal by words."""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache

from simtui.models.journal import Intent, JournalEntry
from simtui.views.journal.words import outcome_word

_SEPARATOR = "\n"
"""No word has it, so that none is found across two texts."""


def matches(entry: JournalEntry, words: str) -> bool:
    """Whether every word is somewhere in the entry, in any case; no words match all."""
    wanted = words.casefold().split()
    if not wanted:
        return True
    known = (entry.outcome, outcome_word(entry.outcome), entry.job_id or "")
    learnt = _SEPARATOR.join(known).casefold()
    decided = _ByIdentity(entry.intent)
    return all(word in learnt or word in _folded(decided) for word in wanted)


class _ByIdentity:
    """An intent as a key: it never changes, and to hash it by its content is no saving."""

    __slots__ = ("intent",)

    def __init__(self, intent: Intent) -> None:
        self.intent = intent

    def __hash__(self) -> int:
        return id(self.intent)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, _ByIdentity) and other.intent is self.intent


@lru_cache(maxsize=10_000)
def _folded(decided: _ByIdentity) -> str:
    """Its texts in one; they are looked through again with every letter that is typed."""
    return _SEPARATOR.join(_texts(decided.intent)).casefold()


def _texts(intent: Intent) -> Iterator[str]:
    yield from (intent.summary, intent.kind, intent.target, intent.who)
    yield from (intent.request_id, intent.reference or "")
    yield from (intent.entry_id, intent.operation)
    for before in intent.things:
        yield before.name
        yield before.iccid
