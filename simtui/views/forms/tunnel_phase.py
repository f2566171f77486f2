"""One phase of a tunnel in its form: what is proposed, and for how long (contract §3.7)."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from functools import partial
from typing import Final, TypeAlias

from simtui.models.tunnel import Phase1, Phase2
from simtui.views.fields.ipsec import parse_phase1_lifetime, parse_phase2_lifetime
from simtui.views.forms.entry import Entry
from simtui.views.forms.field import Answers, Choice, Field, FieldError
from simtui.views.forms.tunnel_entry import Place, list_entry, seconds_entry
from simtui.views.tunnel.algorithms import AUTHENTICATED, DH_GROUPS, GROUPS, PFS_GROUPS
from simtui.views.tunnel.proposal import (
    OFF,
    parse_dh_groups,
    parse_encryption,
    parse_integrity,
    parse_pfs_groups,
)
from simtui.views.tunnel.weak import is_weak_group

Names: TypeAlias = tuple[str, ...]
Numbers: TypeAlias = tuple[int, ...]

_CIPHERS: Final = (
    Choice("AES256", "CBC, 256 bits"),
    Choice("AES256_GCM_16", "with integrity"),
    Choice("AES128", "CBC, 128 bits"),
    Choice("AES128_GCM_16", "with integrity"),
)
_INTEGRITY: Final = (
    Choice("SHA2_256"),
    Choice("SHA2_384"),
    Choice("SHA2_512"),
    Choice("SHA1", "weak"),
    Choice(OFF, "where all ciphers are GCM"),
)


@dataclass(frozen=True, slots=True)
class PhaseEntries:
    """The fields of one phase; ``before`` is what the server has of it."""

    encryption: Entry[Names]
    integrity: Entry[Names]
    groups: Entry[Numbers]
    lifetime: Entry[int]
    before: Phase1 | Phase2 | None

    @property
    def fields(self) -> tuple[Field, ...]:
        """In the order of the form."""
        parts = (self.encryption, self.integrity, self.groups, self.lifetime)
        return tuple(part.field for part in parts)

    def read(self, answers: Answers) -> tuple[Names, Names, Numbers, int]:
        """Ciphers, integrity, groups and lifetime in seconds.

        Raises:
            FieldError: one of them cannot be, or no integrity beside a cipher without it.
        """
        encryption, integrity = self.encryption.read(answers), self.integrity.read(answers)
        bare = [name for name in encryption if name not in AUTHENTICATED]
        if bare and not integrity and not self._has(encryption, integrity):
            raise FieldError(
                self.integrity.field.name,
                f"{bare[0]} needs an integrity algorithm",
                "Only the GCM ciphers protect integrity themselves",
                "For example SHA2_256",
            )
        return encryption, integrity, self.groups.read(answers), self.lifetime.read(answers)

    def _has(self, encryption: Names, integrity: Names) -> bool:
        """Whether the server has just these, which is then its own business."""
        before = self.before
        return before is not None and (before.encryption, before.integrity) == (
            encryption,
            integrity,
        )


def phase1_entries(place: Place) -> PhaseEntries:
    """The fields of IKE."""
    phase, before = place.start.phase1, place.before.phase1 if place.before else None
    return PhaseEntries(
        _ciphers(place, "phase1_encryption", phase, before),
        _integrity(place, "phase1_integrity", phase),
        list_entry(
            place,
            "phase1_dh_groups",
            "DH groups",
            phase.dh_groups,
            parse_dh_groups,
            *_group_choices(DH_GROUPS),
            example="14, or 19, 20",
        ),
        seconds_entry(
            place,
            "phase1_lifetime",
            "Lifetime (s)",
            phase.lifetime_seconds,
            parse_phase1_lifetime,
            "900 to 28800",
        ),
        before,
    )


def phase2_entries(place: Place) -> PhaseEntries:
    """The fields of ESP."""
    phase, before = place.start.phase2, place.before.phase2 if place.before else None
    return PhaseEntries(
        _ciphers(place, "phase2_encryption", phase, before),
        _integrity(place, "phase2_integrity", phase),
        list_entry(
            place,
            "phase2_pfs_groups",
            "PFS groups",
            phase.pfs_groups,
            parse_pfs_groups,
            *_group_choices(PFS_GROUPS),
            Choice(OFF, "no PFS, weak"),
            example=f"14, or 19, 20; {OFF} is no PFS",
            empty=OFF,
        ),
        seconds_entry(
            place,
            "phase2_lifetime",
            "Lifetime (s)",
            phase.lifetime_seconds,
            parse_phase2_lifetime,
            "900 to 3600 and below phase 1",
        ),
        before,
    )


def _ciphers(
    place: Place, name: str, phase: Phase1 | Phase2, before: Phase1 | Phase2 | None
) -> Entry[Names]:
    """Ciphers that the server has may stay, even one that cannot be chosen any more."""
    parse = partial(parse_encryption, kept=before.encryption if before else ())
    values = phase.encryption
    return list_entry(place, name, "Encryption", values, parse, *_CIPHERS, example="AES256")


def _integrity(place: Place, name: str, phase: Phase1 | Phase2) -> Entry[Names]:
    return list_entry(
        place,
        name,
        "Integrity",
        phase.integrity,
        parse_integrity,
        *_INTEGRITY,
        example="SHA2_256",
        empty=OFF,
    )


def _group_choices(groups: Iterable[int]) -> tuple[Choice, ...]:
    """The strong ones first."""
    ranked = sorted(groups, key=is_weak_group)
    return tuple(
        Choice(str(group), f"{GROUPS[group]}{', weak' if is_weak_group(group) else ''}")
        for group in ranked
    )
