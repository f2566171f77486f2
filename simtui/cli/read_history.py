"""What a profile has seen change, out of its file; nothing is connected."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from simtui.paths import Paths

if TYPE_CHECKING:
    from simtui.config.profile import Profile
    from simtui.models.change import ChangesFound, ChangesWanted

EVERYTHING: Final = 1_000_000
"""More than a history holds."""


def read_history(paths: Paths, profile: Profile, wanted: ChangesWanted) -> ChangesFound:
    """The changes that are wanted, the latest first. Raises ``SimtuiError``."""
    from simtui.store.history.file import HistoryFile
    from simtui.store.history.history import history_file

    file = HistoryFile(history_file(paths, profile.name), profile.account)
    return file.find(wanted, EVERYTHING)
