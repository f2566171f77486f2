"""How a tunnel is begun and kept up, in its form (contract §3.7)."""

from __future__ import annotations

from dataclasses import dataclass

from simtui.models.tunnel import Dpd
from simtui.views.fields.ipsec import (
    parse_dpd_action,
    parse_dpd_delay,
    parse_dpd_timeout,
    parse_startup,
)
from simtui.views.forms.entry import Entry
from simtui.views.forms.field import Answers, Choice, Field
from simtui.views.forms.tunnel_entry import Place, seconds_entry, word_entry


@dataclass(frozen=True, slots=True)
class KeepAliveEntries:
    """Dead peer detection, and who begins."""

    delay: Entry[int]
    timeout: Entry[int]
    action: Entry[str]
    startup: Entry[str]

    @property
    def fields(self) -> tuple[Field, ...]:
        """In the order of the form."""
        return self.delay.field, self.timeout.field, self.action.field, self.startup.field

    def read_dpd(self, answers: Answers) -> Dpd:
        """Dead peer detection; raises ``FieldError``."""
        return Dpd(self.delay.read(answers), self.timeout.read(answers), self.action.read(answers))


def keep_alive_entries(place: Place) -> KeepAliveEntries:
    """The fields of both."""
    dpd, startup = place.start.dpd, place.start.startup_action
    return KeepAliveEntries(
        seconds_entry(
            place, "dpd_delay", "DPD delay", dpd.delay_seconds, parse_dpd_delay, "10 to 300"
        ),
        seconds_entry(
            place,
            "dpd_timeout",
            "DPD timeout",
            dpd.timeout_seconds,
            parse_dpd_timeout,
            "30 or more",
        ),
        word_entry(
            place,
            "dpd_action",
            "DPD action",
            dpd.action,
            parse_dpd_action,
            Choice("RESTART", "negotiate again"),
            Choice("CLEAR", "wait for the other side"),
            Choice("NONE", "do nothing"),
        ),
        word_entry(
            place,
            "startup_action",
            "Start",
            startup,
            parse_startup,
            Choice("INITIATE", "our side begins"),
            Choice("RESPOND", "our side waits"),
        ),
    )
