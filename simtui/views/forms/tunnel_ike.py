"""How two sides of a tunnel negotiate, in its form: version, mode, phases (contract §3.7)."""

from __future__ import annotations

from dataclasses import dataclass

from simtui.errors import UsageError
from simtui.models.tunnel import Phase1, Phase2
from simtui.views.fields.ipsec import parse_exchange_mode, parse_ike_version
from simtui.views.forms.entry import Entry, refused
from simtui.views.forms.field import Answers, Choice, Field, FieldError
from simtui.views.forms.tunnel_entry import Place, word_entry
from simtui.views.forms.tunnel_phase import PhaseEntries, phase1_entries, phase2_entries


@dataclass(frozen=True, slots=True)
class IkeEntries:
    """IKE version, exchange mode and the phases."""

    place: Place
    version: Entry[str]
    mode: Entry[str]
    phase1: PhaseEntries
    phase2: PhaseEntries

    @property
    def phase1_fields(self) -> tuple[Field, ...]:
        """In the order of the form."""
        return self.version.field, self.mode.field, *self.phase1.fields

    def read_mode(self, answers: Answers) -> tuple[str, str]:
        """Version and mode.

        Raises:
            FieldError: one of them cannot be, or the version has no such mode.
        """
        version, mode = self.version.read(answers), self.mode.read(answers)
        before = self.place.before
        if before is None or (version, mode) != (before.ike_version, before.exchange_mode):
            try:
                parse_exchange_mode(mode, version)
            except UsageError as error:
                raise refused(self.mode.field.name, error) from None
        return version, mode

    def read_phases(self, answers: Answers) -> tuple[Phase1, Phase2]:
        """Both phases.

        Raises:
            FieldError: a field cannot be, or phase 2 would outlive phase 1.
        """
        one, two = Phase1(*self.phase1.read(answers)), Phase2(*self.phase2.read(answers))
        before = self.place.before
        if before is None or _lifetimes(one, two) != _lifetimes(before.phase1, before.phase2):
            self._refuse_outliving(*_lifetimes(one, two))
        return one, two

    def _refuse_outliving(self, first: int, second: int) -> None:
        if second >= first:
            raise FieldError(
                self.phase2.lifetime.field.name,
                f"The {second} s of phase 2 are not below the {first} s of phase 1",
                "Phase 2 is made anew within phase 1, so it must live shorter",
                "For example 3600 under 28800",
            )


def ike_entries(place: Place) -> IkeEntries:
    """The fields of IKE and of both phases."""
    start = place.start
    version = word_entry(
        place,
        "ike_version",
        "IKE version",
        start.ike_version,
        parse_ike_version,
        Choice("IKEV2"),
        Choice("IKEV1", "only where the other side has no IKEV2"),
    )
    mode = word_entry(
        place,
        "exchange_mode",
        "Mode",
        start.exchange_mode,
        parse_exchange_mode,
        Choice("MAIN"),
        Choice("AGGRESSIVE", "IKEV1 only, weak"),
    )
    return IkeEntries(place, version, mode, phase1_entries(place), phase2_entries(place))


def _lifetimes(one: Phase1, two: Phase2) -> tuple[int, int]:
    return one.lifetime_seconds, two.lifetime_seconds
