"""Files to what they say of groups, networks and IP profiles."""

from __future__ import annotations

import tomllib
from collections.abc import Callable, Mapping
from typing import Any

from simtui.models.config_change import Kind
from simtui.models.settings import (
    Chain,
    GroupSettings,
    ProfileSettings,
    RuleSettings,
)
from simtui.views.files.configuration import CHAINS
from simtui.views.files.layout import GROUPS_FILE, NETWORKS, PROFILES
from simtui.views.files.mistakes import Mistakes, Place
from simtui.views.files.read_network import read_network
from simtui.views.files.stated import Documents, Stated
from simtui.views.files.table import Table


def read_documents(
    files: Mapping[str, bytes], folders: frozenset[str], mistakes: Mistakes
) -> Documents:
    """What the files of a directory say, by their paths inside it.

    ``folders`` are those that are there, with or without files.
    """

    def every(folder: str, read: Callable[[Table], Stated]) -> tuple[Stated, ...] | None:
        if folder not in folders:
            return None
        paths = sorted(path for path in files if path.startswith(f"{folder}/"))
        tables = [_table(path, files[path], mistakes) for path in paths]
        return tuple(read(table) for table in tables if table is not None)

    groups = files.get(GROUPS_FILE)
    return Documents(
        None if groups is None else _groups(_table(GROUPS_FILE, groups, mistakes)),
        every(NETWORKS, read_network),
        every(PROFILES, _profile),
    )


def _table(path: str, content: bytes, mistakes: Mistakes) -> Table | None:
    values = _parsed(path, content, mistakes)
    return None if values is None else Table(values, Place(path), mistakes)


def _parsed(path: str, content: bytes, mistakes: Mistakes) -> dict[str, Any] | None:
    try:
        return tomllib.loads(content.decode())
    except UnicodeDecodeError:
        what = "it is not text in UTF-8"
    except tomllib.TOMLDecodeError as error:
        what = f"it is not TOML: {error}"
    except ValueError:
        what = "it is not TOML: it has a number that is too long"
    except RecursionError:
        what = "it is nested too deeply"
    mistakes.add(Place(path), "", what)
    return None


def _groups(table: Table | None) -> tuple[Stated, ...]:
    if table is None:
        return ()
    found = tuple(map(_group, table.entries("group")))
    table.refuse_others()
    return found


def _group(table: Table) -> Stated:
    own_id = table.text("id")
    settings = GroupSettings(
        table.needed("name", "depot-7"),
        table.text("description"),
        table.text("network"),
        table.text("ip_profile"),
    )
    table.refuse_others()
    return Stated(Kind.GROUP, table.place, settings, own_id)


def _profile(table: Table) -> Stated:
    own_id = table.text("id")
    settings = ProfileSettings(table.needed("name", "meters"), table.text("description"))
    chains = tuple(_chain(table, chain) for chain in CHAINS)
    table.refuse_others()
    return Stated(Kind.PROFILE, table.place, settings, own_id, chains)


def _chain(table: Table, chain: str) -> Stated:
    key = chain.lower()
    rules = tuple(map(_rule, table.entries(key)))
    return Stated(Kind.CHAIN, table.place.of(key), Chain(rules), chain)


def _rule(table: Table) -> RuleSettings:
    own_id = table.text("id")
    rule = RuleSettings(
        table.needed("action", "ALLOW"),
        table.text("protocol", "ANY"),
        table.text("src_cidr", "ANY"),
        table.text("src_ports", "ANY"),
        table.text("dst_cidr", "ANY"),
        table.text("dst_ports", "ANY"),
        table.flag("enabled", True),
        table.text("comment"),
        own_id or None,
    )
    table.refuse_others()
    return rule
