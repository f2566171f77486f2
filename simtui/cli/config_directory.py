"""A directory with the files of a configuration: read whole, and written with care."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any, NamedTuple

from simtui.errors import UsageError
from simtui.paths import make_private_dir
from simtui.private_file import write_private
from simtui.views.files.layout import FOLDERS, GROUPS_FILE, SUFFIX, is_export
from simtui.views.text import clean


class Found(NamedTuple):
    """The files of a directory by their paths inside it, and which folders it has."""

    files: dict[str, bytes]
    folders: frozenset[str]


class Written(NamedTuple):
    """What an export did: files removed, and files left alone, by their paths inside."""

    removed: tuple[str, ...]
    left_alone: tuple[str, ...]


def read_directory(directory: Path) -> Found:
    """The files that are part of a configuration; others are not looked at.

    Raises:
        UsageError: there is no such directory, none of these files, or one that is unreadable.
    """
    try:
        found = Found(dict(_contents(directory)), _folders(directory))
    except OSError as error:
        raise _refused(error) from None
    if not found.files and not found.folders:
        raise UsageError(
            f"{clean(str(directory))} has no configuration in it",
            f"There is no {GROUPS_FILE} and no folder {' or '.join(FOLDERS)}",
            "Write one with: simtui export DIR",
        )
    return found


def write_export(directory: Path, texts: Mapping[str, str]) -> Written:
    """Write the files, remove those of an earlier export that are out of date.

    Raises:
        UsageError: before anything is written, when something else is in the directory or in
            the place of a file; or when the system refuses.
    """
    try:
        there = _present(directory)
        _refuse_other_files(directory, texts, there)
        make_private_dir(directory)
        for folder in FOLDERS:
            make_private_dir(directory / folder)
        for path, text in texts.items():
            if there.get(path) != text.encode():
                write_private(directory / path, text.encode())
        stale = {path: content for path, content in there.items() if path not in texts}
        removed = tuple(path for path, content in stale.items() if _is_out_of_date(content))
        for path in removed:
            (directory / path).unlink()
    except OSError as error:
        raise _refused(error) from None
    return Written(removed, tuple(path for path in stale if path not in removed))


def _present(directory: Path) -> dict[str, bytes]:
    """What is there already.

    Raises:
        UsageError: it is not a directory, or it has something in it and no export.
    """
    if directory.exists() and not directory.is_dir():
        raise UsageError(f"{clean(str(directory))} is a file", "", "Name a directory")
    there = dict(_contents(directory)) if directory.exists() else {}
    visible = (
        [one for one in directory.iterdir() if _is_visible(one)]
        if there or directory.exists()
        else []
    )
    if visible and not is_export(_text(there.get(GROUPS_FILE, b""))):
        raise UsageError(
            f"{clean(str(directory))} has something else in it",
            f"An earlier export would have a {GROUPS_FILE} of simtui's in it",
            "Name a new directory, or an empty one",
        )
    return there


def _contents(directory: Path) -> Iterator[tuple[str, bytes]]:
    groups = directory / GROUPS_FILE
    if groups.is_file():
        yield GROUPS_FILE, groups.read_bytes()
    for folder in FOLDERS:
        for file in sorted((directory / folder).glob(f"*{SUFFIX}")):
            if _is_visible(file) and file.is_file():
                yield f"{folder}/{file.name}", file.read_bytes()


def _folders(directory: Path) -> frozenset[str]:
    return frozenset(folder for folder in FOLDERS if (directory / folder).is_dir())


def _is_visible(file: Path) -> bool:
    return not file.name.startswith(".")


def _refuse_other_files(
    directory: Path, texts: Mapping[str, str], there: Mapping[str, bytes]
) -> None:
    for path, text in texts.items():
        content = there.get(path)
        if content is None or is_export(_text(content)) or _is_same_object(content, text):
            continue
        raise UsageError(
            f"{clean(str(directory / path))} is no file of an export",
            "It would be overwritten, and what it says is not in the account",
            "Apply it with simtui apply-config, or move it away",
        )


def _is_same_object(content: bytes, text: str) -> bool:
    """Whether a file by hand is about the object that is to be written in its place."""
    mine, own = _values(content), _values(text.encode())
    if "id" in mine:
        return bool(mine["id"] == own.get("id"))
    return bool(mine) and mine.get("name") == own.get("name")


def _is_out_of_date(content: bytes) -> bool:
    """Whether it is of an export, of an object that is gone or has another file now; a copy
    without an id is the draft of something new."""
    return is_export(_text(content)) and isinstance(_values(content).get("id"), str)


def _values(content: bytes) -> Mapping[str, Any]:
    try:
        return tomllib.loads(content.decode())
    except (ValueError, RecursionError):
        return {}


def _text(content: bytes) -> str:
    return content.decode(errors="replace")


def _refused(error: OSError) -> UsageError:
    return UsageError(
        f"{clean(str(error.filename))} cannot be used", error.strerror or "", "Check its mode"
    )
