"""Where workspaces come from: a profile, by itself or by its name, or the demo."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import TYPE_CHECKING

from simtui.clock import Clock
from simtui.config.choose import choose_profile
from simtui.config.endpoint import endpoint_of
from simtui.config.profile import Profile
from simtui.config.pulse import PulseSettings
from simtui.config.read import read_config
from simtui.config.save import save_profile
from simtui.config.settings import Config
from simtui.config.sms_templates import FILE_NAME, FOR_THE_DEMO, SmsTemplates
from simtui.errors import ConfigError, SimtuiError
from simtui.paths import Paths
from simtui.store.drafts import Drafts, drafts_folder
from simtui.store.history.history import history_file
from simtui.store.journal.author import Author
from simtui.store.journal.file import JournalFile, journal_file
from simtui.store.journal.journal import Journal
from simtui.store.last_visit import LastVisit, visit_file
from simtui.store.run_files import runs_folder
from simtui.store.runs import Runs
from simtui.store.snapshot import SnapshotFile, SnapshotIdentity
from simtui.store.store import Store
from simtui.ui.demo import DemoOptions, demo_client
from simtui.ui.workspace import Workspace

if TYPE_CHECKING:
    from simtui.api.client import Client

REFRESH_SECONDS = 10.0
"""How often what is on the screen is asked for when the profile does not say."""
DEMO_REFRESH_SECONDS = 3.0
"""The demo costs nobody anything, so its world may be seen to live."""


class Launcher:
    """Makes workspaces. ``read_only`` is for the whole run, over what a profile says."""

    def __init__(
        self, paths: Paths, config: Config, clock: Clock, *, read_only: bool = False
    ) -> None:
        self._paths = paths
        self._config = config
        self._clock = clock
        self._read_only = read_only
        self.notice: Callable[[SimtuiError], None] = lambda error: None
        """Who hears what a person should know though nothing has failed for them."""

    @property
    def config_file(self) -> Path:
        """Where profiles are kept."""
        return self._paths.config_file

    @property
    def keymap(self) -> Mapping[str, tuple[str, ...]]:
        """The keys that the configuration moves."""
        return self._config.keys

    @property
    def pulse(self) -> PulseSettings:
        """From when on something is bad, and who hears of it."""
        return self._config.pulse

    @property
    def profiles(self) -> tuple[str, ...]:
        """The names of the configured profiles."""
        return tuple(sorted(self._config.profiles))

    def of_name(self, name: str) -> Workspace:
        """The workspace of a configured profile.

        Raises:
            ConfigError: when there is none of that name, or it is not complete.
        """
        profile = choose_profile(self._config, {}, name)
        if profile is None:
            raise ConfigError(f"There is no profile {name}", f"{self.config_file} has none")
        return self.of_profile(profile)

    def of_profile(self, profile: Profile) -> Workspace:
        """The workspace of a profile, with the fleet as it was last known."""
        read_only = self._read_only or profile.read_only

        async def open_client() -> Client:
            return await asyncio.to_thread(_client, profile, self._clock, read_only)

        return Workspace(
            name=profile.name,
            store=self._store(
                self._snapshot(profile),
                self._journal(profile),
                history_file(self._paths, profile.name),
                read_only,
            ),
            clock=self._clock,
            open_client=open_client,
            read_only=read_only,
            refresh=profile.refresh or REFRESH_SECONDS,
            theme=profile.theme,
            base_url=profile.base_url,
            last_visit=LastVisit(visit_file(self._paths, profile.name), self._clock),
            drafts=self._drafts(profile),
            runs=self._runs(profile),
            sms_templates=SmsTemplates(self._paths.config_dir / FILE_NAME),
        )

    def demo(self, options: DemoOptions | None = None) -> Workspace:
        """A made-up fleet with its own API inside this program; nothing is kept of it."""

        async def open_client() -> Client:
            return await asyncio.to_thread(demo_client, options or DemoOptions(), self._clock)

        return Workspace(
            name="demo",
            store=self._store(None, self._demo_journal(), None, self._read_only),
            clock=self._clock,
            open_client=open_client,
            read_only=self._read_only,
            refresh=DEMO_REFRESH_SECONDS,
            runs=Runs(None, Author.of_this_process("demo", "demo"), self._clock, self._tell),
            sms_templates=FOR_THE_DEMO,
        )

    async def try_and_save(self, profile: Profile) -> str:
        """Connect with a new profile, save it when that works, and name the account.

        Raises:
            SimtuiError: when the connection fails or the file cannot be written; nothing
                is saved then.
        """
        client = await asyncio.to_thread(_client, profile, self._clock, True)
        try:
            account = await client.account()
        finally:
            await client.close()
        save_profile(self._paths, profile, make_default=not self._config.profiles)
        self._config = read_config(self._paths.config_file)
        return account.name or account.account_id

    def _store(
        self,
        snapshot: SnapshotFile | None,
        journal: Journal,
        history: Path | None,
        read_only: bool,
    ) -> Store:
        return Store(
            clock=self._clock,
            snapshot=snapshot,
            journal=journal,
            history=history,
            read_only=read_only,
            notice=lambda error: self.notice(error),
        )

    def _snapshot(self, profile: Profile) -> SnapshotFile:
        identity = SnapshotIdentity(profile.name, profile.base_url, profile.client_id)
        return SnapshotFile(self._paths.cache_dir / f"{profile.name}.snapshot", identity)

    def _drafts(self, profile: Profile) -> Drafts:
        folder = drafts_folder(self._paths, profile.name)
        return Drafts(folder, profile.account, self._clock, lambda error: self.notice(error))

    def _runs(self, profile: Profile) -> Runs:
        folder = runs_folder(self._paths, profile.name)
        author = Author.of_this_process(profile.name, profile.account)
        return Runs(folder, author, self._clock, self._tell)

    def _tell(self, error: SimtuiError) -> None:
        self.notice(error)

    def _journal(self, profile: Profile) -> Journal:
        author = Author.of_this_process(profile.name, profile.account)
        return Journal(JournalFile(journal_file(self._paths, profile.name)), author, self._clock)

    def _demo_journal(self) -> Journal:
        return Journal(None, Author.of_this_process("demo", "demo"), self._clock)


def _client(profile: Profile, clock: Clock, read_only: bool) -> Client:
    """A client for a profile; takes its time, so it is called in a thread.

    Raises:
        ConfigError: when the secret cannot be had.
    """
    from simtui.api.client import Client

    return Client(endpoint_of(profile, read_only=read_only), clock=clock)
