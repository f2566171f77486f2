"""The IP profiles, which are the firewall that groups share."""

from __future__ import annotations

from collections.abc import Sequence

from textual import on

from simtui.models import IpProfile
from simtui.models.config_change import Kind, Ref
from simtui.ui.config_list_page import ConfigListPage
from simtui.ui.history import FirewallPlace
from simtui.ui.keys import bindings
from simtui.ui.widgets import table_messages
from simtui.views.cell import Column, Row
from simtui.views.config.names import title_of
from simtui.views.config.undeletable import why_profile_stays
from simtui.views.firewall.heads import pools_of
from simtui.views.firewall.profile_rows import PROFILE_COLUMNS, count_findings, profile_row


class ProfilesPage(ConfigListPage):
    """Lists them with who uses them and how many of their rules are odd."""

    scopes = ("table", "profiles")
    heading = "Firewall"
    screen_title = "Firewall"
    kind = Kind.PROFILE
    BINDINGS = bindings("profiles")

    @property
    def profiles(self) -> dict[str, IpProfile]:
        """All of them by id."""
        return dict(self.feed.context.ip_profiles)

    def columns(self, width: int) -> tuple[Column, ...]:
        """The columns, the same at every width."""
        return PROFILE_COLUMNS

    def keys(self) -> Sequence[str]:
        """The ids by name."""
        profiles = self.profiles
        return sorted(profiles, key=lambda one: (profiles[one].name.casefold(), one))

    def row(self, key: str, columns: tuple[Column, ...]) -> Row:
        """One profile."""
        profile, context = self.profiles[key], self.feed.context
        return profile_row(profile, count_findings(profile, pools_of(key, context)), context)

    def title_of(self, key: str) -> str:
        """What a profile is called."""
        return title_of(Ref(Kind.PROFILE, key), self.profiles[key].name)

    def why_it_stays(self, key: str) -> str:
        """Why it cannot be deleted."""
        return why_profile_stays(self.profiles[key], self.feed.context)

    @on(table_messages.Opened)
    def _opened(self, event: table_messages.Opened) -> None:
        self.simtui.go_soon(FirewallPlace(event.key))
