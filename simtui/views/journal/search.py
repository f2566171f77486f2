"""Finding writes in the journal by words."""

from __future__ import annotations

from collections.abc import Iterator

from simtui.models.journal import JournalEntry
from simtui.views.journal.words import outcome_word


def matches(entry: JournalEntry, words: str) -> bool:
    """Whether every word is somewhere in the entry, in any case; no words match all."""
    wanted = words.casefold().split()
    texts = list(map(str.casefold, _texts(entry)))
    return all(any(word in text for text in texts) for word in wanted)


def _texts(entry: JournalEntry) -> Iterator[str]:
    intent = entry.intent
    yield from (intent.summary, intent.kind, intent.target, intent.who)
    yield from (entry.outcome, outcome_word(entry.outcome))
    yield from (intent.request_id, intent.reference or "", entry.job_id or "")
    yield from (entry.entry_id, intent.operation)
    for before in intent.things:
        yield before.name
        yield before.iccid
