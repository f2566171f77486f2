"""Unsaved edits on disk: what a crash or a quit interrupts is offered again.

A draft is one file that only its owner may read. Keys are never in it.
"""

from __future__ import annotations

import asyncio
import hashlib
from collections.abc import Callable, Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Any, Final

import msgspec

from simtui.clock import Clock, SystemClock
from simtui.errors import SimtuiError
from simtui.models.config_change import WHOLE, Ref
from simtui.paths import Paths
from simtui.private_file import write_private

FORMAT: Final = 1
_SUFFIX: Final = ".draft.json"


@dataclass(frozen=True, slots=True)
class Draft:
    """An edit of ``ref``, called ``title``, as it was at ``at``.

    ``before`` and ``after`` are settings as plain values, of an edit in steps; ``answers``
    are what was typed into a form and differs from what stood there. ``version`` is the one
    that the edit began at.
    """

    ref: Ref
    title: str
    at: datetime
    version: int = 0
    before: Any = None
    after: Any = None
    answers: Mapping[str, str] = field(default_factory=dict)
    steps: int = 0

    @property
    def is_list(self) -> bool:
        """Whether it is of a chain or a route table, which have an editor of their own."""
        return self.ref.kind in WHOLE


@dataclass(frozen=True, slots=True)
class _Document:
    format: int
    endpoint: str
    draft: Draft


class Drafts:
    """The unsaved edits of one profile. Without a ``folder`` they are kept in memory only.

    ``endpoint`` is the account; drafts of another one are left alone. ``notice`` hears when
    the disk refuses.
    """

    def __init__(
        self,
        folder: Path | None,
        endpoint: str,
        clock: Clock,
        notice: Callable[[SimtuiError], None],
    ) -> None:
        self._folder = folder
        self._endpoint = endpoint
        self._clock = clock
        self._notice = notice
        self._drafts: dict[Ref, Draft] = {}
        self._changed: dict[Ref, None] = {}
        self._touched: set[Ref] = set()
        self._writing: asyncio.Task[None] | None = None
        self._failed = False

    @property
    def all(self) -> tuple[Draft, ...]:
        """All of them, the latest first."""
        return tuple(sorted(self._drafts.values(), key=lambda draft: draft.at, reverse=True))

    @property
    def of_this_run(self) -> tuple[Draft, ...]:
        """Those that were made or changed since this program started."""
        return tuple(draft for draft in self.all if draft.ref in self._touched)

    @property
    def outlive(self) -> bool:
        """Whether they are there again at the next start."""
        return self._folder is not None and not self._failed

    def find(self, ref: Ref) -> Draft | None:
        """The unsaved edit of an object, if there is one."""
        return self._drafts.get(ref)

    async def load(self) -> None:
        """Read what earlier runs have left; a file that cannot be read is left out."""
        if self._folder is not None:
            found = await asyncio.to_thread(lambda: tuple(_read_all(self._folder, self._endpoint)))
            self._drafts = {draft.ref: draft for draft in found} | self._drafts

    def keep(self, draft: Draft) -> None:
        """Keep an edit as it is now; it is on the disk a moment later."""
        self._drafts[draft.ref] = draft
        self._touched.add(draft.ref)
        self._write_soon(draft.ref)

    def drop(self, ref: Ref) -> None:
        """The edit was saved or given up."""
        if self._drafts.pop(ref, None) is not None:
            self._write_soon(ref)

    def now(self) -> datetime:
        """The present, for a draft's ``at``."""
        return self._clock.now()

    async def close(self) -> None:
        """Wait until everything is on the disk."""
        if self._writing is not None:
            await self._writing

    def _write_soon(self, ref: Ref) -> None:
        if self._folder is None:
            return
        self._changed[ref] = None
        if self._writing is None or self._writing.done():
            self._writing = asyncio.get_running_loop().create_task(self._write())

    async def _write(self) -> None:
        """One after the other, each as it is by then."""
        while self._changed:
            ref = next(iter(self._changed))
            del self._changed[ref]
            try:
                await asyncio.to_thread(self._put, ref, self._drafts.get(ref))
            except (OSError, UnicodeError) as error:
                self._complain(error)

    def _put(self, ref: Ref, draft: Draft | None) -> None:
        assert self._folder is not None
        file = self._folder / _file_name(ref)
        if draft is None:
            file.unlink(missing_ok=True)
        else:
            write_private(file, msgspec.json.encode(_Document(FORMAT, self._endpoint, draft)))

    def _complain(self, error: Exception) -> None:
        """Once: the edit goes on, it is only not safe from a crash."""
        if not self._failed:
            self._failed = True
            self._notice(
                SimtuiError(
                    "Unsaved edits cannot be kept on the disk",
                    str(error),
                    "They are lost when simtui ends; save before you leave",
                )
            )


def _unheard(error: SimtuiError) -> None:
    """Nobody is there to hear it."""


def in_memory() -> Drafts:
    """Drafts of an account of which nothing is kept."""
    return Drafts(None, "", SystemClock(), _unheard)


def drafts_folder(paths: Paths, profile: str) -> Path:
    """Where the unsaved edits of a profile are."""
    return paths.state_dir / f"{profile}.drafts"


def _file_name(ref: Ref) -> str:
    """The same name for the same object; its ids may be anything, so they are hashed."""
    told = "\n".join((ref.kind, ref.parent_id, ref.object_id))
    digest = hashlib.sha256(told.encode(errors="surrogatepass")).hexdigest()
    return f"{ref.kind}-{digest[:16]}{_SUFFIX}"


def _read_all(folder: Path | None, endpoint: str) -> Iterator[Draft]:
    if folder is None or not folder.is_dir():
        return
    for file in sorted(folder.glob(f"*{_SUFFIX}")):
        with suppress(OSError, RecursionError, msgspec.MsgspecError):
            document = msgspec.json.decode(file.read_bytes(), type=_Document)
            known = document.format == FORMAT and document.draft.at.tzinfo is not None
            if known and document.endpoint == endpoint:
                yield document.draft
