"""A chain or a route table that is edited step by step before it is saved as a whole."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Generic, TypeVar

from simtui.models.config_change import ConfigChange, Ref
from simtui.models.plain import plain_of, settings_from
from simtui.models.settings import Chain, RouteTable
from simtui.store.config_now import Now
from simtui.store.drafts import Draft, Drafts
from simtui.ui.configuring.form_edit import SavePlan
from simtui.ui.configuring.proposing import Then
from simtui.views.config.draft_words import restored_text
from simtui.views.config.edit import Edit
from simtui.views.config.items import Fate, item_changes
from simtui.views.config.merge import merged

S = TypeVar("S", bound="Chain | RouteTable")


class ListEdit(Generic[S]):
    """The edit of one list: follows the server while nothing is unsaved, and keeps what is
    unsaved on the disk. ``changed`` is called after every step."""

    def __init__(
        self, drafts: Drafts, ref: Ref, kind: type[S], changed: Callable[[], None]
    ) -> None:
        self.ref = ref
        self.title = ""
        self.is_whole = True
        """Whether all of it could be read; what could not would be deleted by saving."""
        self.restored = ""
        """What is to be said of an unsaved edit that came back; empty when there is none."""
        self._drafts = drafts
        self._type = kind
        self._changed = changed
        self._edit: Edit[S] | None = None
        self._theirs: S | None = None

    @property
    def is_known(self) -> bool:
        """Whether there is anything to show."""
        return self._edit is not None

    @property
    def mine(self) -> S:
        """The list as it is edited."""
        return self._edit.mine if self._edit is not None else self._type()

    @property
    def base(self) -> S:
        """The list as it was when the edit began."""
        return self._edit.base if self._edit is not None else self._type()

    @property
    def is_unsaved(self) -> bool:
        """Whether saving would change anything."""
        return self._edit is not None and self._edit.is_unsaved

    @property
    def is_behind(self) -> bool:
        """Whether somebody else changed it since the edit began."""
        return self.is_unsaved and self._theirs is not None and self._theirs != self.base

    @property
    def fates(self) -> dict[int, Fate]:
        """What became of each row of the list, by its index."""
        changes = item_changes(self.base, self.mine)
        return {change.is_at - 1: change.fate for change in changes if change.is_at}

    def follow(self, theirs: S, version: int, title: str, *, whole: bool = True) -> None:
        """The server has this: a new base, unless an unsaved edit has another one."""
        self.title, self._theirs, self.is_whole = title, theirs, whole
        if self._edit is None:
            self._edit = self._restored(version) or Edit.of(theirs, version)
        if self._edit.base == theirs:
            self._edit = Edit(theirs, version, self._edit.steps, self._edit.at)
        elif not self._edit.is_unsaved:
            self._edit = Edit.of(theirs, version)

    def change(self, wanted: S) -> None:
        """One step."""
        if self._edit is not None:
            self._take(self._edit.change(wanted))

    def undo(self) -> bool:
        """One step back; False when there is none."""
        if self._edit is None or not self._edit.at:
            return False
        self._take(self._edit.undo())
        return True

    def redo(self) -> bool:
        """One step forth; False when nothing was undone."""
        if self._edit is None or not self._edit.can_redo:
            return False
        self._take(self._edit.redo())
        return True

    def revert(self) -> None:
        """As it is saved, as a step of its own."""
        if self._edit is not None:
            self._take(self._edit.change(self._edit.base))

    # Saving

    def plan(self, names: Mapping[str, str]) -> SavePlan:
        """What saving would send."""
        version = self._edit.version if self._edit is not None else 0
        change = ConfigChange(self.ref, self.title, self.base, self.mine, version)
        return SavePlan(change, names=names)

    def then(self, back: Callable[[], None], saved: Callable[[], None]) -> Then:
        """What follows from saving."""

        def done() -> None:
            if self._edit is not None:
                mine = self._edit.mine
                self._edit = Edit.of(mine, self._edit.version)
            self._drafts.drop(self.ref)
            saved()

        def anew(now: Now, mine: object) -> None:
            self._rebase(now)
            back()

        return Then(done, back, anew)

    def _rebase(self, now: Now) -> None:
        """My steps on top of theirs, as one; looked at before anything is sent."""
        theirs = now.settings
        if self._edit is None or not isinstance(theirs, self._type):
            return
        wanted = merged(self._edit.base, theirs, self._edit.mine)
        if isinstance(wanted, self._type):
            self._theirs = theirs
            self._take(Edit.of(theirs, now.version, wanted))

    # Drafts

    def _take(self, edit: Edit[S]) -> None:
        self._edit = edit
        self.restored = ""
        if edit.is_unsaved:
            self._drafts.keep(self._draft(edit))
        else:
            self._drafts.drop(self.ref)
        self._changed()

    def _draft(self, edit: Edit[S]) -> Draft:
        return Draft(
            self.ref,
            self.title,
            self._drafts.now(),
            edit.version,
            plain_of(edit.base),
            plain_of(edit.mine),
            steps=sum(fate != "kept" for fate in self._fates_of(edit)),
        )

    def _fates_of(self, edit: Edit[S]) -> list[Fate]:
        return [change.fate for change in item_changes(edit.base, edit.mine)]

    def _restored(self, version: int) -> Edit[S] | None:
        """The edit that an earlier run, or an earlier visit of this page, has left."""
        draft = self._drafts.find(self.ref)
        if draft is None or draft.after is None:
            return None
        try:
            base = settings_from(self.ref.kind, draft.before)
            mine = settings_from(self.ref.kind, draft.after)
        except ValueError:
            return None
        if not (isinstance(base, self._type) and isinstance(mine, self._type)):
            return None
        self.restored = restored_text(draft, version, self._drafts.now())
        return Edit.of(base, draft.version, mine)
