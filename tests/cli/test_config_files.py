"""``simtui export``, ``plan`` and ``apply-config`` against the sandbox, over a real socket."""

from __future__ import annotations

import asyncio
import io
import json
import re
import sys
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path
from types import SimpleNamespace

import pytest

from simtui.cli import confirm
from simtui.cli.config_account import read_configuration
from simtui.cli.open_store import open_store
from simtui.clock import SystemClock
from simtui.config.profile import Profile
from simtui.models.config_change import ConfigChange, Kind, Ref
from simtui.models.settings import Chain, RouteSettings, RouteTable, Settings
from simtui.sandbox.clock import WorldClock
from simtui.sandbox.fleet.build import build_world
from simtui.sandbox.server import LiveServer
from simtui.store.config_write import ConfigWrite
from simtui.views.config.names import name_of
from simtui.views.files.configuration import Held, objects_of
from simtui.views.files.exported import exported

KEY = "Xk7_the.secret.of.the.tunnel"


@pytest.fixture
def server() -> Iterator[LiveServer]:
    world = build_world(things=120, seed=7, fresh=False, clock=WorldClock())
    with LiveServer(world) as server:
        yield server


@pytest.fixture(autouse=True)
def signed_in(sign_in) -> None:
    sign_in()


@pytest.fixture
def directory(tmp_path: Path, simtui) -> Path:
    """A fresh export."""
    directory = tmp_path / "exported"
    assert simtui("export", str(directory)).code == 0
    return directory


@pytest.fixture
def edit(directory: Path):
    """Replaces a text in a file of the export, which has to be there."""

    def edit(path: str, old: str, new: str) -> None:
        file = directory / path
        text = file.read_text()
        assert old in text, text
        file.write_text(text.replace(old, new, 1))

    return edit


@pytest.fixture
def add(directory: Path):
    """Puts a text at the end of a file of the export, or makes a new file of it."""

    def add(path: str, text: str) -> None:
        with (directory / path).open("a") as stream:
            stream.write(text)

    return add


@pytest.fixture
def journal(simtui):
    """The journal as ``simtui journal`` tells it."""
    return lambda: json.loads(simtui("journal", "--json").out)


@pytest.fixture
def writes_of_test(journal):
    """What was sent: the kinds of the journal's entries."""
    return lambda: [entry["kind"] for entry in journal()]


def profile_of(server: LiveServer) -> Profile:
    endpoint = server.endpoint
    return Profile(
        "elsewhere",
        endpoint.base_url,
        endpoint.token_url,
        endpoint.client_id,
        client_secret=endpoint.client_secret,
    )


def change_elsewhere(
    server: LiveServer,
    kind: str,
    name: str,
    change: Callable[[Settings], Settings],
    inside: str = "",
) -> None:
    """One change through the store, as the app makes it, journalled with another profile."""

    async def run() -> None:
        async with open_store(profile_of(server), SystemClock(), read_only=False) as store:
            objects = objects_of(await read_configuration(store))
            ref, held = found(objects, kind, name, inside)
            made = ConfigChange(ref, name, held.settings, change(held.settings), held.version)
            await store.saving.save([ConfigWrite(made, f"Change {name}")])

    asyncio.run(run())


def found(objects: dict[Ref, Held], kind: str, name: str, inside: str) -> tuple[Ref, Held]:
    """By its name, or the name of what it is in."""
    parents = {ref.object_id: name_of(held.settings) for ref, held in objects.items()}
    (only,) = [
        (ref, held)
        for ref, held in objects.items()
        if ref.kind == kind
        and (name_of(held.settings) or ref.object_id) == name
        and parents.get(ref.parent_id, "") == inside
    ]
    return only


def with_another_action(chain: Settings) -> Settings:
    assert isinstance(chain, Chain)
    return Chain((replace(chain.items[0], action="REJECT"), *chain.items[1:]))


def with_another_route(table: Settings) -> Settings:
    assert isinstance(table, RouteTable)
    return RouteTable((*table.items, RouteSettings("172.20.0.0/16")))


CHANGES = {
    "group": (
        (Kind.GROUP, "lab", lambda one: replace(one, description="another")),
        ["Change group lab: description", "  ~ description: another → Test bench"],
    ),
    "isolation": (
        (Kind.NETWORK, "depots", lambda one: replace(one, thing_isolation=True)),
        ["Change network depots: isolation", "  ~ isolation: on → off"],
    ),
    "description": (
        (Kind.NETWORK, "mobile", lambda one: replace(one, description="x")),
        ["Change network mobile: description", "  ~ description: x → .*"],
    ),
    "pool": (
        (Kind.POOL, "10.16.0.0/24", lambda one: replace(one, cidr="10.16.0.0/23"), "depots"),
        [
            "Change IP pool 10.16.0.0/23 of network depots: range",
            "  ~ range: 10.16.0.0/23 → 10.16.0.0/24",
        ],
    ),
    "route": (
        (Kind.ROUTES, "", with_another_route, "metering"),
        ["Change routes of network metering: 1 route removed", r"  - +\d+ 172.20.0.0/16 .*"],
    ),
    "rule": (
        (Kind.CHAIN, "INBOUND", with_another_action, "scada"),
        ["Change INBOUND chain of IP profile scada: 1 rule changed", "  - +1 .*", r"  \+ +1 .*"],
    ),
    "nat rule": (
        (Kind.NAT_RULE, "modbus .*", lambda one: replace(one, name="other"), "depots"),
        ["Change NAT rule other of network depots: name", "  ~ name: other → modbus .*"],
    ),
    "tunnel": (
        (
            Kind.TUNNEL,
            "head-end",
            lambda one: replace(one, phase1=replace(one.phase1, lifetime_seconds=14_400)),
            "metering",
        ),
        [
            "Change IPsec tunnel head-end of network metering: phase 1 lifetime",
            "  ~ phase 1 lifetime: 14400 s → 28800 s",
        ],
    ),
}


def test_an_untouched_account_has_no_changes(simtui, directory: Path) -> None:
    ended = simtui("plan", str(directory))
    assert (ended.code, ended.out, ended.err) == (0, "No changes\n", "")
    told = json.loads(simtui("plan", str(directory), "--json").out)
    assert told == {"dry_run": True, "changes": [], "only_in_account": [], "error": None}


def test_the_same_account_gives_the_same_bytes(simtui, directory: Path, tmp_path: Path) -> None:
    def contents(root: Path) -> dict[str, bytes]:
        return {str(f.relative_to(root)): f.read_bytes() for f in root.rglob("*") if f.is_file()}

    before = contents(directory)
    assert simtui("export", str(directory)).code == 0
    assert simtui("export", str(tmp_path / "second")).code == 0
    assert contents(directory) == before == contents(tmp_path / "second")
    assert {oct(f.stat().st_mode)[-3:] for f in directory.rglob("*.toml")} == {"600"}


@pytest.mark.parametrize("name", CHANGES)
def test_one_change_is_named_exactly_and_carried_back(
    simtui, server: LiveServer, directory: Path, journal, name: str
) -> None:
    change, expected = CHANGES[name]
    kind, called, *rest = change
    if kind == Kind.NAT_RULE:
        network = next(n for n in server.world.networks.values() if n.name == "depots")
        called = next(r.name for r in network.nat_rules.values() if re.match(called, r.name))
    change_elsewhere(server, kind, called, *rest)

    lines = simtui("plan", str(directory)).out.splitlines()
    end = lines.index("")
    shown = [line for line in lines[:end] if not line.startswith("    ")]
    assert len(shown) == len(expected), lines
    for line, pattern in zip(shown, expected, strict=True):
        assert re.fullmatch(pattern.replace("+", r"\+") if "Change" in pattern else pattern, line)
    assert lines[end + 1 :] == ["1 step: 1 to change"]

    done = simtui("apply-config", str(directory), "--yes")
    assert done.code == 0, done.err
    assert done.err == ""
    assert done.out.splitlines()[-1] == "Done: 1 step"
    assert simtui("plan", str(directory)).out == "No changes\n"
    (entry,) = journal()
    assert entry["parameters"]["before"] != entry["parameters"]["after"]
    assert entry["summary"] == lines[0]


FROM_SCRATCH = {
    "networks/yard.toml": """
name = "yard"
thing_isolation = true
[[pool]]
cidr = "10.250.0.0/24"
[[route]]
destination = "192.168.7.0/24"
target = "BLACKHOLE"
[[route]]
destination = "192.168.9.0/24"
tunnel = "office"
[[tunnel]]
name = "office"
remote_gateway = "203.0.113.99"
remote_cidrs = ["192.168.9.0/24"]
psk_command = ["cat", "@KEY@"]
""",
    "ip-profiles/yard.toml": """
name = "yard"
description = "ssh only"
[[inbound]]
action = "ALLOW"
protocol = "tcp"
dst_ports = "22"
[[inbound]]
action = "DROP"
[[outbound]]
action = "ALLOW"
protocol = "UDP"
dst_ports = "53"
""",
}


def test_a_use_case_from_scratch_in_one_go(
    simtui, server: LiveServer, directory: Path, add, journal, tmp_path: Path
) -> None:
    (tmp_path / "key").write_text(f"{KEY}\n")
    for path, text in FROM_SCRATCH.items():
        add(path, text.replace("@KEY@", str(tmp_path / "key")))
    add("groups.toml", '\n[[group]]\nname = "yard"\nnetwork = "yard"\nip_profile = "yard"\n')

    planned = simtui("plan", str(directory))
    assert "8 steps: 5 to create, 3 to change" in planned.out
    assert "  + a pre-shared key, which cat tells (not shown)" in planned.out
    done = simtui("apply-config", str(directory), "--yes")
    assert done.code == 0, done.err
    assert done.err == ""

    network = next(n for n in server.world.networks.values() if n.name == "yard")
    profile = next(p for p in server.world.ip_profiles.values() if p.name == "yard")
    group = next(g for g in server.world.groups.values() if g.name == "yard")
    (tunnel,) = network.tunnels.values()
    assert (group.network_id, group.ip_profile_id) == (network.network_id, profile.ip_profile_id)
    assert [rule.protocol for rule in profile.inbound] == ["TCP", "ANY"]
    assert [rule.dst_ports for rule in profile.outbound] == ["53"]
    assert [route.tunnel_id for route in network.routes] == [None, None, tunnel.tunnel_id]
    assert tunnel.settings["localCidrs"] == ["10.250.0.0/24"]

    # The same files again: what has no id in them is what was made of it.
    assert simtui("plan", str(directory)).out == "No changes\n"
    kinds = [entry["kind"] for entry in journal()]
    assert kinds == [
        "create-network",
        "create-pool",
        "create-tunnel",
        "change-routes",
        "create-profile",
        "change-chain",
        "change-chain",
        "create-group",
    ]
    assert len({entry["operation"] for entry in journal()}) == 1
    everything = [planned.out, planned.err, done.out, done.err, simtui("journal", "--json").out]
    kept = [file.read_text() for file in tmp_path.rglob("*") if file.is_file()]
    assert sum(KEY in text for text in everything) == 0
    assert sum(KEY in text for text in kept) == 1  # where the command has it from


def test_a_profile_whose_name_and_both_chains_change_at_once(
    simtui, server: LiveServer, directory: Path, edit
) -> None:
    edit("ip-profiles/scada.toml", 'name = "scada"', 'name = "control"')
    edit("ip-profiles/scada.toml", 'dst_ports = "502"', 'dst_ports = "503"')
    edit("ip-profiles/scada.toml", 'dst_ports = "8883"', 'dst_ports = "8884"')
    groups = directory / "groups.toml"
    groups.write_text(groups.read_text().replace('ip_profile = "scada"', 'ip_profile = "control"'))
    done = simtui("apply-config", str(directory), "--yes")
    assert done.code == 0, done.err
    assert done.err == ""
    assert "Done: 3 steps" in done.out
    profile = next(p for p in server.world.ip_profiles.values() if p.name == "control")
    assert (profile.inbound[0].dst_ports, profile.outbound[0].dst_ports) == ("503", "8884")
    assert simtui("plan", str(directory)).out == "No changes\n"


def test_a_resized_pool_and_the_tunnel_behind_it(
    simtui, server: LiveServer, directory: Path, edit
) -> None:
    edit("networks/metering.toml", 'cidr = "10.32.0.0/24"', 'cidr = "10.32.0.0/23"')
    refused = simtui("plan", str(directory))
    assert refused.code == 2
    assert "local_cidrs: 10.32.0.0/24 will be no pool of this network" in refused.err
    edit("networks/metering.toml", '["10.32.0.0/24"]', '["10.32.0.0/23"]')
    edit("networks/metering.toml", "timeout_seconds = 30", "timeout_seconds = 60")
    done = simtui("apply-config", str(directory), "--yes")
    assert done.code == 0, done.err
    assert done.err == ""
    assert simtui("plan", str(directory)).out == "No changes\n"


def test_what_is_only_in_the_account_stays_until_it_is_pruned(
    simtui, server: LiveServer, directory: Path, add, journal
) -> None:
    add(
        "networks/yard.toml",
        'name = "yard"\n[[pool]]\ncidr = "10.250.0.0/24"\n[[pool]]\ncidr = "10.251.0.0/24"\n'
        '[[route]]\ndestination = "192.168.7.0/24"\ntarget = "BLACKHOLE"\n',
    )
    add("groups.toml", '\n[[group]]\nname = "yard"\nnetwork = "yard"\nip_profile = "default"\n')
    before = (directory / "groups.toml").read_text().rpartition("\n[[group]]")[0]
    assert simtui("apply-config", str(directory), "--yes").code == 0
    (directory / "networks/yard.toml").unlink()
    (directory / "groups.toml").write_text(before)

    left = simtui("plan", str(directory))
    assert left.out.splitlines() == [
        "No changes",
        "Only in the account: group yard; left as it is (delete it with --prune)",
        "Only in the account: network yard; left as it is (delete it with --prune)",
    ]
    done = simtui("apply-config", str(directory), "--prune", "--yes")
    assert done.code == 0, done.err
    assert done.err == ""
    assert "yard" not in [one.name for one in server.world.networks.values()]
    assert [entry["kind"] for entry in journal()][-5:] == [
        "delete-group",
        "change-routes",
        "delete-pool",
        "delete-pool",
        "delete-network",
    ]
    assert simtui("plan", str(directory)).out == "No changes\n"


def test_what_something_needs_is_not_pruned(simtui, directory: Path, writes_of_test) -> None:
    (directory / "networks" / "depots.toml").unlink()
    refused = simtui("apply-config", str(directory), "--prune", "--yes")
    assert refused.code == 2
    assert "network depots is only in the account and would be deleted" in refused.err
    (directory / "groups.toml").write_text("# nothing\n")
    refused = simtui("apply-config", str(directory), "--prune", "--yes")
    assert "the account: group depot-7: it cannot be deleted: it has" in refused.err
    assert writes_of_test() == []


def test_a_folder_that_is_not_there_is_not_looked_at(simtui, directory: Path) -> None:
    for path in ("groups.toml", "networks"):
        remove(directory / path)
    assert simtui("plan", str(directory), "--prune").out == "No changes\n"


def remove(path: Path) -> None:
    if path.is_dir():
        for file in path.iterdir():
            file.unlink()
        path.rmdir()
    else:
        path.unlink()


def test_somebody_else_was_faster(
    simtui, server: LiveServer, directory: Path, edit, monkeypatch, journal
) -> None:
    edit("networks/mobile.toml", "thing_isolation = true", "thing_isolation = false")
    person = somebody(
        monkeypatch,
        lambda: change_in_thread(
            server, Kind.NETWORK, "mobile", lambda one: replace(one, description="theirs")
        ),
    )
    ended = simtui("apply-config", str(directory))
    assert ended.code == 4
    assert "Change network mobile: isolation" in person.getvalue()
    assert f"Run plan again to see how it is now: simtui plan {directory}" in ended.err
    assert "0 of 1 step done" in ended.err
    (entry,) = journal()
    assert entry["outcome"] == "refused"


def test_somebody_else_was_faster_with_what_a_later_step_changes(
    simtui, server: LiveServer, directory: Path, edit, monkeypatch
) -> None:
    edit("ip-profiles/scada.toml", 'dst_ports = "502"', 'dst_ports = "503"')
    edit("ip-profiles/scada.toml", 'dst_ports = "8883"', 'dst_ports = "8884"')
    profile = next(p for p in server.world.ip_profiles.values() if p.name == "scada")

    def sneak(number: int) -> None:
        if number == 2:  # without another version: what counts is how it is
            profile.outbound[0].comment = "theirs"

    from simtui.store.saving import Saving

    save = Saving.save

    async def save_slowly(self, steps, on_step, **options) -> None:
        await save(self, steps, lambda number: (on_step(number), sneak(number)), **options)

    monkeypatch.setattr(Saving, "save", save_slowly)
    ended = simtui("apply-config", str(directory), "--yes", "--json")
    assert ended.code == 4
    assert "1 of 2 steps done" in ended.err
    assert [one["outcome"] for one in json.loads(ended.out)["changes"]] == ["done", "failed"]
    assert profile.outbound[0].dst_ports == "8883"


def somebody(monkeypatch: pytest.MonkeyPatch, before_yes: Callable[[], object]) -> io.StringIO:
    """A person at a terminal who says yes, after something has happened."""

    class Stderr(io.StringIO):
        def isatty(self) -> bool:
            return True

    def answer() -> str:
        before_yes()
        return "yes\n"

    stderr = Stderr()
    stdin = SimpleNamespace(isatty=lambda: True, readline=answer)
    monkeypatch.setattr(confirm, "sys", SimpleNamespace(stdin=stdin, stderr=stderr))
    return stderr


def change_in_thread(server: LiveServer, *change: object) -> None:
    """A change while the command's own loop waits for an answer."""
    from threading import Thread

    thread = Thread(target=change_elsewhere, args=(server, *change))
    thread.start()
    thread.join()


def test_without_a_yes_nothing_is_sent(simtui, directory: Path, edit, writes_of_test) -> None:
    edit("networks/mobile.toml", "thing_isolation = true", "thing_isolation = false")
    assert simtui("apply-config", str(directory)).code == 2
    rehearsed = simtui("apply-config", str(directory), "--dry-run")
    assert rehearsed.code == 0
    assert rehearsed.out.splitlines()[-1] == "Nothing was sent."
    assert simtui("apply-config", str(directory), "--yes", "--read-only").code == 2
    assert writes_of_test() == []


def test_a_level_that_may_only_read_can_export_and_plan(
    simtui, sign_in, directory: Path, edit, tmp_path: Path
) -> None:
    edit("networks/mobile.toml", "thing_isolation = true", "thing_isolation = false")
    sign_in("READ_ONLY")
    assert simtui("export", str(tmp_path / "again")).code == 0
    assert simtui("plan", str(directory)).code == 0
    ended = simtui("apply-config", str(directory), "--yes")
    assert ended.code == 4
    assert "Changing the configuration needs NETWORK_MANAGER or ADMINISTRATOR" in ended.err


TUNNEL = """
[[tunnel]]
name = "office"
remote_gateway = "203.0.113.99"
remote_cidrs = ["192.168.9.0/24"]
"""


@pytest.mark.parametrize(
    ("command", "code", "words"),
    [
        ("", 2, "The key of IPsec tunnel office of network mobile is missing"),
        (f'psk_command = ["{sys.executable}", "-c", "print(chr(48) * 9)"]', 2, "digit zero"),
        (f'psk_command = ["{sys.executable}", "-c", "exit(3)"]', 3, "ended with exit code 3"),
    ],
)
def test_a_new_tunnel_without_a_good_key_is_refused_before_anything_is_sent(
    simtui, directory: Path, add, edit, writes_of_test, command: str, code: int, words: str
) -> None:
    edit("networks/depots.toml", "thing_isolation = false", "thing_isolation = true")
    add("networks/mobile.toml", f"{TUNNEL}{command}\n")
    ended = simtui("apply-config", str(directory), "--yes")
    assert ended.code == code
    assert words in ended.err
    assert "000000000" not in ended.err
    assert writes_of_test() == []


def test_a_key_is_typed_where_nobody_sees_it(
    simtui, server: LiveServer, directory: Path, add, monkeypatch, tmp_path: Path
) -> None:
    from simtui.cli import config_keys

    terminal = SimpleNamespace(isatty=lambda: True)
    monkeypatch.setattr(config_keys, "sys", SimpleNamespace(stdin=terminal, stderr=terminal))
    asked: list[str] = []

    def getpass(prompt: str, stream: object) -> str:
        asked.append(prompt)
        return KEY

    monkeypatch.setattr(config_keys, "getpass", SimpleNamespace(getpass=getpass))
    keys: list[str] = []
    remember_keys(monkeypatch, keys)
    add("networks/mobile.toml", TUNNEL)
    ended = simtui("apply-config", str(directory), "--yes", "--json")
    assert (ended.code, ended.err) == (0, "")
    assert asked == [
        "Pre-shared key of IPsec tunnel office of network mobile: ",
        "The same again: ",
    ]
    assert keys == [KEY]  # the server has it
    assert KEY not in ended.out + simtui("journal", "--json").out
    assert not any(KEY in file.read_text() for file in tmp_path.rglob("*") if file.is_file())


def remember_keys(monkeypatch: pytest.MonkeyPatch, keys: list[str]) -> None:
    from simtui.sandbox.operations import ipsec_tunnels

    check = ipsec_tunnels.check_psk

    def check_and_remember(field: str, psk: str) -> None:
        keys.append(psk)
        check(field, psk)

    monkeypatch.setattr(ipsec_tunnels, "check_psk", check_and_remember)


def test_a_nat_rule_needs_a_locked_address(
    simtui, server: LiveServer, directory: Path, add, writes_of_test
) -> None:
    groups = {g.group_id: g for g in server.world.groups.values()}
    networks = server.world.networks
    thing = next(
        thing
        for thing in server.world.things.values()
        if thing.ip_address
        and not thing.ip_locked
        and thing.state == "ACTIVE"
        and networks[groups[thing.group_id].network_id].name == "metering"
    )
    rule = (
        '\n[[nat_rule]]\nprotocol = "TCP"\npublic_ports = "8022"\n'
        f'thing = "{thing.iccid}"\nprivate_ports = "22"\n'
    )
    add("networks/metering.toml", rule)
    refused = simtui("apply-config", str(directory), "--yes")
    assert refused.code == 2
    assert f"Lock it first: simtui apply lock-ip --iccid {thing.iccid}" in refused.err
    assert writes_of_test() == []
    assert simtui("apply", "lock-ip", "--iccid", thing.iccid, "--yes").code == 0
    done = simtui("apply-config", str(directory), "--yes")
    assert done.code == 0, done.err
    assert done.err == ""
    assert simtui("plan", str(directory)).out == "No changes\n"


def test_a_directory_with_other_content_is_refused(simtui, tmp_path: Path) -> None:
    other = tmp_path / "other"
    other.mkdir()
    (other / "notes.txt").write_text("mine")
    refused = simtui("export", str(other))
    assert (refused.code, refused.out) == (2, "")
    assert "has something else in it" in refused.err
    assert [file.name for file in other.iterdir()] == ["notes.txt"]
    assert simtui("export", str(other / "notes.txt")).code == 2
    assert simtui("plan", str(other)).code == 2
    assert simtui("plan", str(tmp_path / "nowhere")).code == 2


def test_an_export_over_an_earlier_one_takes_away_what_is_gone_and_no_more(
    simtui, server: LiveServer, directory: Path
) -> None:
    (directory / ".git").mkdir()
    (directory / "README").write_text("mine")
    mobile = (directory / "networks/mobile.toml").read_text()
    draft = re.sub(r'^id = "n_.*\n', "", mobile, flags=re.M).replace('"mobile"', '"draft"')
    (directory / "networks/draft.toml").write_text(draft)
    (directory / "networks/notes.toml").write_text('title = "mine"\n')
    network = next(n for n in server.world.networks.values() if n.name == "mobile")
    network.name = "trailers"
    ended = simtui("export", str(directory))
    assert ended.code == 0
    assert "removed networks/mobile.toml" in ended.err
    assert "left alone networks/draft.toml" in ended.err
    names = {file.name for file in (directory / "networks").iterdir()}
    assert {"draft.toml", "notes.toml", "trailers.toml"} <= names
    assert "mobile.toml" not in names
    assert (directory / "README").read_text() == "mine"


def test_a_file_by_hand_in_the_place_of_an_exported_one_is_not_overwritten(
    simtui, directory: Path
) -> None:
    file = directory / "networks/mobile.toml"
    by_hand = 'name = "something else"\n'
    file.write_text(by_hand)
    refused = simtui("export", str(directory))
    assert refused.code == 2
    assert "is no file of an export" in refused.err
    assert file.read_text() == by_hand


def test_hostile_names_stay_exact_and_inside_the_directory(
    simtui, server: LiveServer, tmp_path: Path
) -> None:
    hostile = ["../../etc", "a\x1b]0;x\x07\nb", "🚰", "x" * 300, "", "Ünit", "unit", "\u202egnp"]
    networks = list(server.world.networks.values())
    profiles = list(server.world.ip_profiles.values())
    for objects in (networks, profiles):
        for one, name in zip(objects, hostile, strict=False):
            one.name = name
    for group, name in zip(server.world.groups.values(), hostile, strict=False):
        group.name, group.description = name, name
    directory = tmp_path / "deep" / "down" / "exported"
    ended = simtui("export", str(directory))
    assert ended.code == 0
    assert [file.name for file in (tmp_path / "deep" / "down").iterdir()] == ["exported"]
    for file in directory.rglob("*.toml"):
        assert re.fullmatch(r"[a-z0-9-]{1,120}\.toml", file.name)
        assert not re.search("[\x00-\x09\x0b-\x1f\x7f-\x9f\u202e]", file.read_text())
    assert simtui("plan", str(directory)).out == "No changes\n"
    change_elsewhere(server, Kind.GROUP, "Ünit", lambda one: replace(one, description="x"))
    planned = simtui("plan", str(directory))
    assert planned.out.startswith("Change group Ünit: description\n")


def test_nothing_of_an_export_is_secret(server: LiveServer) -> None:
    async def run() -> dict[str, str]:
        async with open_store(profile_of(server), SystemClock(), read_only=True) as store:
            return exported(await read_configuration(store))

    texts = asyncio.run(run())
    assert any("[[tunnel]]" in text for text in texts.values())
    assert not any(re.search(r"^psk", text, flags=re.M) for text in texts.values())
