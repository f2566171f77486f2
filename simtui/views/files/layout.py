"""Which file an object is in, and how a file of an export is known again."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Mapping
from typing import Final

HEADER: Final = "# simtui export, format 1"
"""How the first line of every file of an export begins."""

GROUPS_FILE: Final = "groups.toml"
"""All Things Groups."""

NETWORKS: Final = "networks"
"""The folder with a file for each network."""

PROFILES: Final = "ip-profiles"
"""The folder with a file for each IP profile."""

FOLDERS: Final = (NETWORKS, PROFILES)
SUFFIX: Final = ".toml"

_LONGEST: Final = 48
_OTHER = re.compile(r"[^a-z0-9]+")


def is_export(text: str) -> bool:
    """Whether a file's text is one of an export."""
    return text.startswith(HEADER)


def file_names(folder: str, names: Mapping[str, str]) -> dict[str, str]:
    """The path for each id, by the object's name; ids join in where names do not differ.

    Whatever the names are, the paths stay inside ``folder`` and differ without regard to case.
    """
    slugs = {identity: _slug(name) for identity, name in names.items()}
    often = Counter(slugs.values())
    paths: dict[str, str] = {}
    taken: set[str] = set()
    for identity in sorted(names):
        slug = slugs[identity]
        if not slug or often[slug] > 1:
            slug = "-".join(part for part in (slug, _slug(identity)) if part) or "unnamed"
        paths[identity] = f"{folder}/{_free(slug, taken)}{SUFFIX}"
    return paths


def _slug(text: str) -> str:
    """Lower-case letters without accents, digits and single hyphens; may be empty."""
    plain = unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode().lower()
    return _OTHER.sub("-", plain).strip("-")[:_LONGEST].strip("-")


def _free(slug: str, taken: set[str]) -> str:
    free, number = slug, 1
    while free in taken:
        number += 1
        free = f"{slug}-{number}"
    taken.add(free)
    return free
