"""Writing a file that only its owner may read, whole or not at all, and for good."""

from __future__ import annotations

import os
import tempfile
from contextlib import suppress
from pathlib import Path

from simtui.paths import make_private_dir


def write_private(file: Path, content: bytes) -> None:
    """Replace ``file`` in one step (mode 0600, its directory 0700 when it is new).

    A symbolic link stays one: the file it points at is replaced. Raises ``OSError``; the
    old file is then still there and nothing else is left behind.
    """
    target = file.resolve()
    make_private_dir(target.parent)
    descriptor, name = tempfile.mkstemp(prefix=f".{target.name}.", dir=target.parent)  # is 0600
    try:
        with os.fdopen(descriptor, "wb") as stream:
            stream.write(content)
            stream.flush()
            os.fsync(stream.fileno())
        Path(name).replace(target)
    except BaseException:
        with suppress(OSError):
            Path(name).unlink()
        raise
    with suppress(OSError):  # some file systems cannot, and need not
        sync_directory(target.parent)


def sync_directory(directory: Path) -> None:
    """Put a new name on the disk; the content of a file alone would not be found.

    Raises:
        OSError: when the file system cannot.
    """
    descriptor = os.open(directory, os.O_RDONLY | os.O_DIRECTORY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
