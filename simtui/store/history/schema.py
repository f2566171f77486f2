"""The tables of a history file, and opening one safely.

``change``  a row a change, of all accounts that the profile has led to
``known``   the configuration as it was last seen, to compare the next look with
``account`` the accounts, so that the changes of one are never shown as those of another

Times are milliseconds since 1970 in UTC.
"""

from __future__ import annotations

import os
import sqlite3
from pathlib import Path
from typing import Final

from simtui.paths import make_private_dir

FORMAT: Final = 1
APPLICATION: Final = 0x51B7
"""By what SQLite's header tells that a file is a history of simtui."""
WAITS: Final = 10.0
"""Seconds to wait for another simtui that writes."""
_OWNER_ONLY: Final = 0o600

_TABLES: Final = """
CREATE TABLE account (id INTEGER PRIMARY KEY, endpoint TEXT NOT NULL UNIQUE);
CREATE TABLE change (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  account INTEGER NOT NULL,
  kind TEXT NOT NULL,
  object TEXT NOT NULL,
  parent TEXT NOT NULL,
  seen INTEGER NOT NULL,
  first INTEGER NOT NULL,
  at INTEGER,
  looked INTEGER,
  times INTEGER NOT NULL,
  restless INTEGER NOT NULL,
  name TEXT NOT NULL,
  iccid TEXT NOT NULL,
  inside TEXT NOT NULL,
  before TEXT,
  after TEXT,
  before_name TEXT NOT NULL,
  after_name TEXT NOT NULL,
  detail TEXT NOT NULL,
  by TEXT NOT NULL,
  entry TEXT NOT NULL
);
CREATE INDEX change_of ON change (account, object, kind, parent, id);
CREATE INDEX change_seen ON change (seen, account);
CREATE INDEX change_restless ON change (restless, seen);
CREATE TABLE known (
  account INTEGER NOT NULL,
  kind TEXT NOT NULL,
  parent TEXT NOT NULL,
  object TEXT NOT NULL,
  seen INTEGER NOT NULL,
  value TEXT NOT NULL,
  PRIMARY KEY (account, kind, parent, object)
) WITHOUT ROWID;
"""


class ForeignFile(Exception):
    """It is a database, but not a history."""


class LaterFormat(Exception):
    """A later version of simtui wrote it; it is left as it is."""


def open_file(path: Path, *, create: bool) -> sqlite3.Connection:
    """A connection to the file, with the tables in it.

    Raises:
        FileNotFoundError: when it is not there and not to be made.
        ForeignFile: when it is something else.
        LaterFormat: when this version does not know its format.
        OSError, sqlite3.Error: when the system refuses, or it is damaged.
    """
    if create:
        make_private_dir(path.parent)
        os.close(os.open(path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, _OWNER_ONLY))
    mode = path.stat().st_mode
    if create and mode & 0o077:  # restored from a backup, or made by hand
        path.chmod(_OWNER_ONLY)
    address = f"{path.resolve().as_uri()}?mode=rw"
    connection = sqlite3.connect(address, uri=True, timeout=WAITS, isolation_level=None)
    try:
        _prepare(connection)
    except BaseException:
        connection.close()
        raise
    return connection


def open_memory() -> sqlite3.Connection:
    """A history that is gone when it is closed; used by one thread at a time."""
    connection = sqlite3.connect(":memory:", check_same_thread=False, isolation_level=None)
    _prepare(connection)
    return connection


def _prepare(connection: sqlite3.Connection) -> None:
    if _is_ours(connection):
        return
    connection.execute("PRAGMA auto_vacuum = INCREMENTAL")
    connection.execute("BEGIN IMMEDIATE")
    try:
        if not _is_ours(connection):  # another simtui may have been quicker
            for statement in filter(str.strip, _TABLES.split(";")):
                connection.execute(statement)
            connection.execute(f"PRAGMA application_id = {APPLICATION}")
            connection.execute(f"PRAGMA user_version = {FORMAT}")
        connection.execute("COMMIT")
    except BaseException:
        connection.execute("ROLLBACK")
        raise


def _is_ours(connection: sqlite3.Connection) -> bool:
    """Whether the tables are there; False for an empty file."""
    (application,) = connection.execute("PRAGMA application_id").fetchone()
    (version,) = connection.execute("PRAGMA user_version").fetchone()
    if application == APPLICATION and version > FORMAT:
        raise LaterFormat(f"it has format {version}, and this is format {FORMAT}")
    if application == APPLICATION and version == FORMAT:
        return True
    (tables,) = connection.execute("SELECT count(*) FROM sqlite_master").fetchone()
    if application or version or tables:
        raise ForeignFile("it is not a history of simtui")
    return False
