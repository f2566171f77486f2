"""The key registry: its rows agree with each other, with the widgets and with the README."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import pytest
from textual.actions import parse
from textual.dom import DOMNode
from textual.keys import _character_to_key

from simtui.config.settings import Config
from simtui.errors import ConfigError
from simtui.ui import keys, keys_table
from simtui.ui.app import SimtuiApp
from simtui.ui.history import ThingsPlace
from simtui.ui.key import Key, Scope
from simtui.ui.keys import footer_keys, keymap_of, keys_of, spelled
from simtui.ui.launcher import Launcher
from simtui.ui.page import Page
from simtui.ui.screens.account import AccountPage
from simtui.ui.screens.billing import BillingPage
from simtui.ui.screens.blast import BlastPage
from simtui.ui.screens.changes import ChangesPage
from simtui.ui.screens.conversation import ConversationPage
from simtui.ui.screens.firewall import FirewallPage
from simtui.ui.screens.group import GroupPage
from simtui.ui.screens.groups import GroupsPage
from simtui.ui.screens.help_dialog import HelpDialog
from simtui.ui.screens.imei_changes import ImeiPage
from simtui.ui.screens.job import JobPage
from simtui.ui.screens.jobs import JobsPage
from simtui.ui.screens.journal import JournalPage
from simtui.ui.screens.journal_entry import EntryPage
from simtui.ui.screens.leases import LeasesPage
from simtui.ui.screens.nat import NatPage
from simtui.ui.screens.networks import NetworksPage
from simtui.ui.screens.pools import PoolsPage
from simtui.ui.screens.profiles import ProfilesPage
from simtui.ui.screens.pulse import PulsePage
from simtui.ui.screens.raw import RawPage
from simtui.ui.screens.revive import RevivePage
from simtui.ui.screens.routes import RoutesPage
from simtui.ui.screens.runbooks import RunbooksPage
from simtui.ui.screens.sms import SmsPage
from simtui.ui.screens.sms_batch import SmsBatchPage
from simtui.ui.screens.stolen_sim import StolenSimPage
from simtui.ui.screens.thing import ThingPage
from simtui.ui.screens.things import ThingsPage
from simtui.ui.screens.tunnel import TunnelPage
from simtui.ui.screens.tunnels import TunnelsPage
from simtui.ui.screens.users import UsersPage
from simtui.ui.screens.why import WhyPage
from simtui.ui.widgets.fleet_table import FleetTable
from simtui.ui.widgets.scrolling_text import ScrollingText
from simtui.views.things.columns import SET_NAMES
from simtui.views.things.table import column_set
from tests.ui.app_bench import Bench, is_loaded, lines, screen_text, type_at_once, until

README = Path(__file__).parents[2] / "README.md"
PAGES: tuple[type[Page], ...] = (
    PulsePage,
    ThingsPage,
    ThingPage,
    BillingPage,
    WhyPage,
    RawPage,
    JobsPage,
    JobPage,
    JournalPage,
    EntryPage,
    ImeiPage,
    SmsPage,
    ConversationPage,
    SmsBatchPage,
    ChangesPage,
    RunbooksPage,
    StolenSimPage,
    RevivePage,
    GroupsPage,
    GroupPage,
    NetworksPage,
    PoolsPage,
    LeasesPage,
    RoutesPage,
    NatPage,
    TunnelsPage,
    TunnelPage,
    ProfilesPage,
    FirewallPage,
    UsersPage,
    AccountPage,
)
TARGETS: dict[Scope, type[DOMNode]] = {
    "everywhere": SimtuiApp,
    "table": FleetTable,
    "marks": FleetTable,
    "things": ThingsPage,
    "thing": ThingPage,
    "why": WhyPage,
    "text": ScrollingText,
    "jobs": JobsPage,
    "job": JobPage,
    "journal": JournalPage,
    "entry": EntryPage,
    "imei": ImeiPage,
    "sms": SmsPage,
    "conversation": ConversationPage,
    "changes": ChangesPage,
    "blast": BlastPage,
    "runbooks": RunbooksPage,
    "stolen": StolenSimPage,
    "revive": RevivePage,
    "groups": GroupsPage,
    "group": GroupPage,
    "networks": NetworksPage,
    "network": PoolsPage,
    "pools": PoolsPage,
    "leases": LeasesPage,
    "nat": NatPage,
    "tunnels": TunnelsPage,
    "tunnel": TunnelPage,
    "profiles": ProfilesPage,
    "editor": RoutesPage,
    "firewall": FirewallPage,
    "billing": BillingPage,
    "users": UsersPage,
}


def names_of(key: Key) -> list[str]:
    """Its keys under the names by which Textual compares them."""
    names = (name.strip() for name in key.keys.split(","))
    return [_character_to_key(name) if len(name) == 1 else name for name in names]


def test_every_id_is_there_once() -> None:
    assert [name for name, times in Counter(key.id for key in keys.KEYS).items() if times > 1] == []


@pytest.mark.parametrize("page", PAGES)
def test_no_key_means_two_things_on_one_page(page: type[Page]) -> None:
    rows = keys_of((*page.scopes, "everywhere"))
    times = Counter(name for key in rows for name in names_of(key))
    assert [name for name, count in times.items() if count > 1] == []


@pytest.mark.parametrize("page", PAGES)
def test_no_command_means_two_things_on_one_page(page: type[Page]) -> None:
    rows = keys_of((*page.scopes, "everywhere"))
    times = Counter(key.command for key in rows if key.command)
    assert [name for name, count in times.items() if count > 1] == []


@pytest.mark.parametrize("name", SET_NAMES)
def test_no_letter_that_sorts_means_something_else(name: str) -> None:
    letters = [column.sort_key for column in column_set(name, 400)]
    rows = [
        key
        for key in keys_of((*ThingsPage.scopes, "everywhere"))
        if not key.action.startswith("sort(")
    ]
    taken = {name.strip() for key in rows for name in key.keys.split(",")}
    assert len(set(letters)) == len(letters)
    assert taken.isdisjoint(letters)


@pytest.mark.parametrize("key", keys.KEYS, ids=lambda key: key.id)
def test_every_key_does_something(key: Key) -> None:
    _, name, _ = parse(key.action)
    assert callable(getattr(TARGETS[key.scope], f"action_{name}", None))


@pytest.mark.parametrize("key", keys.KEYS, ids=lambda key: key.id)
def test_every_key_is_bound_where_it_says_and_can_be_typed(key: Key) -> None:
    bound = TARGETS[key.scope]._merge_bindings()
    for name in names_of(key):
        assert any(binding.id == key.id for binding in bound.get_bindings_for_key(name))
        assert name not in keys._UNBINDABLE
        assert not name.startswith(("alt+", "f1", "f2", "f3"))


def test_every_ctrl_key_has_a_twin_or_a_plain_key() -> None:
    for key in keys.KEYS:
        if all(name.startswith("ctrl+") for name in names_of(key)):
            assert key.command, key.id


def test_keys_are_spelled_as_a_person_reads_them() -> None:
    assert spelled("slash") == "/"
    assert spelled("ctrl+@,ctrl+space") == "ctrl+space"
    assert spelled("j,down") == "j ↓"


# The keymap of the configuration


@pytest.mark.parametrize("wrong", ["ctrl+h", "ctrl+i", "ctrl+j", "ctrl+m"])
def test_a_key_that_a_terminal_cannot_tell_apart_is_refused(wrong: str) -> None:
    with pytest.raises(ConfigError) as caught:
        keymap_of({"copy": ("c", wrong)})
    assert wrong in str(caught.value)
    assert "copy" in str(caught.value)


def test_an_unknown_action_is_refused_with_those_there_are() -> None:
    with pytest.raises(ConfigError) as caught:
        keymap_of({"cpoy": ("c",)})
    assert "cpoy" in str(caught.value)
    assert "copy" in caught.value.detail


def app_with(bench: Bench, **keymap: tuple[str, ...]) -> SimtuiApp:
    config = Config(bench.paths.config_file, keys=keymap)
    launcher = Launcher(bench.paths, config, bench.clock)
    return SimtuiApp(launcher, bench.workspace(), ThingsPlace())


def test_a_wrong_keymap_stops_the_start_with_a_sentence(bench: Bench) -> None:
    with pytest.raises(ConfigError):
        app_with(bench, nothing=("x",))


async def test_a_moved_key_works_where_it_is_and_not_where_it_was(bench: Bench) -> None:
    app = app_with(bench, copy=("x",), down=("ctrl+n", "down"), faulty=("X",))
    async with app.run_test() as pilot:
        await until(pilot, lambda: is_loaded(app))
        top = app.page.table.cursor_key
        await pilot.press("c", "j")
        await pilot.pause()
        assert isinstance(app.screen, ThingsPage)
        assert app.page.table.cursor_key == top
        await pilot.press("ctrl+n")
        await pilot.pause()
        assert app.page.table.cursor_key != top
        await pilot.press("x")
        await pilot.pause()
        assert "Text for a ticket" in screen_text(app)


@pytest.mark.parametrize(
    ("moved", "words"),
    [
        ({"faulty": ("c",)}, ("c would mean both", "faulty", "copy")),
        ({"columns": ("j",)}, ("j would mean both", "columns", "down")),
        ({"next-pane": ("q",)}, ("q would mean both", "next-pane", "quit")),
    ],
)
def test_a_key_that_would_do_two_things_is_refused(
    moved: dict[str, tuple[str, ...]], words: tuple[str, ...]
) -> None:
    with pytest.raises(ConfigError) as caught:
        keymap_of(moved)
    assert all(word in str(caught.value) for word in words)


def test_keys_may_change_places() -> None:
    assert keymap_of({"copy": ("v",), "columns": ("c",)}) == {"copy": "v", "columns": "c"}


async def test_an_empty_list_takes_the_keys_away_and_leaves_the_command(bench: Bench) -> None:
    app = app_with(bench, copy=())
    async with app.run_test(size=(120, 40)) as pilot:
        await until(pilot, lambda: is_loaded(app))
        assert "copy" not in lines(app)[-1]
        await pilot.press("c")
        await pilot.pause()
        assert isinstance(app.screen, ThingsPage)
        type_at_once(app, ":copy\r")
        await until(pilot, lambda: "Text for a ticket" in screen_text(app))


async def test_the_footer_and_the_help_show_moved_keys(bench: Bench) -> None:
    app = app_with(bench, copy=("x",))
    async with app.run_test(size=(120, 40)) as pilot:
        await until(pilot, lambda: is_loaded(app))
        assert "x copy" in lines(app)[-1]
        await pilot.press("question_mark")
        type_at_once(app, "copy")
        await pilot.pause()
        assert "│ x " in screen_text(app)


# Read-only


WRITERS = [key for key in keys.KEYS if key.writes]


def test_keys_that_write_are_not_there_when_read_only() -> None:
    scopes = {key.scope for key in keys.KEYS}
    assert WRITERS
    assert not [key for key in keys_of(scopes, read_only=True) if key.writes]
    assert len(keys_of(scopes, read_only=True)) == len(keys_of(scopes)) - len(WRITERS)
    assert not [key for key in footer_keys(scopes, read_only=True) if key.writes]


@pytest.mark.parametrize("read_only", [True, False])
async def test_read_only_shows_and_completes_no_key_that_writes(
    bench: Bench, read_only: bool
) -> None:
    bench.read_only = read_only
    async with bench.running((120, 40)) as (app, pilot):
        there = not read_only
        assert ("t suspend" in lines(app)[-1]) == there
        assert ("RO" in lines(app)[0]) == read_only
        await pilot.press("question_mark")
        type_at_once(app, "retire")
        await pilot.pause()
        assert isinstance(app.screen, HelpDialog)
        assert ("Retire for good" in screen_text(app)) == there
        await pilot.press("escape")
        type_at_once(app, ":retire\r")
        await pilot.pause()
        assert ("This run is read-only" in screen_text(app)) == read_only


@pytest.mark.parametrize("read_only", [True, False])
async def test_a_bound_key_that_writes_does_nothing_when_read_only(
    bench: Bench, read_only: bool
) -> None:
    bench.read_only = read_only
    async with bench.running() as (app, pilot):
        for key in ("a", "t", "e", "ctrl+d"):
            await pilot.press(key)
            await pilot.pause()
            assert isinstance(app.screen, ThingsPage) == read_only
            await pilot.press("escape")


# The README


def test_the_readme_has_the_keys_as_they_are() -> None:
    text = README.read_text(encoding="utf-8")
    assert keys_table.with_table(text) == text, "run `make keys`"


def test_the_table_has_every_key_and_its_twin() -> None:
    table = keys_table.keys_table()
    for key in keys.KEYS:
        assert key.help in table
        assert not key.command or f"`:{key.command}`" in table


@pytest.mark.parametrize("text", ["", keys_table._BEGIN, keys_table._END])
def test_a_text_without_the_marks_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match="needs the lines"):
        keys_table.with_table(text)


def test_checking_and_writing_the_table(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    file = tmp_path / "README.md"
    file.write_text(f"# Title\n\n{keys_table._BEGIN}\nold\n{keys_table._END}\n\nrest\n")
    assert keys_table.main(["--check", str(file)]) == 1
    assert "make keys" in capsys.readouterr().err
    assert keys_table.main(["--write", str(file)]) == 0
    assert keys_table.main(["--check", str(file)]) == 0
    text = file.read_text()
    assert text.startswith("# Title\n")
    assert text.endswith("\n\nrest\n")
    assert "old" not in text
