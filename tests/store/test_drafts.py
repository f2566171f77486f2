"""Unsaved edits on a real disk: there after a crash, gone when they were saved, for their
owner alone."""

from __future__ import annotations

import asyncio
import json
import os
import signal
import stat
import subprocess
import sys
from dataclasses import fields, replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from simtui.errors import SimtuiError
from simtui.models.config_change import Kind, Ref
from simtui.models.plain import plain_of, settings_from
from simtui.paths import Paths
from simtui.store import drafts as drafts_module
from simtui.store.drafts import FORMAT, Draft, Drafts, drafts_folder, in_memory
from tests.config_samples import AFTER, ANY, BEFORE, REFS, ids, some, texts

AT = datetime(2026, 11, 22, 3, 0, tzinfo=UTC)
CHAIN = Draft(
    REFS[Kind.CHAIN],
    "INBOUND chain of IP profile closed",
    AT,
    7,
    plain_of(BEFORE[Kind.CHAIN]),
    plain_of(AFTER[Kind.CHAIN]),
    steps=20,
)
FORM = Draft(REFS[Kind.NETWORK], "network depots", AT, 7, answers={"name": "yard"})


class StandingClock:
    def now(self) -> datetime:
        return AT

    def monotonic(self) -> float:
        return 0.0


class Desk:
    """A folder for drafts, and what was said about it."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.notices: list[SimtuiError] = []

    def open(self, endpoint: str = "prod", folder: Path | None = None) -> Drafts:
        return Drafts(folder or self.folder, endpoint, StandingClock(), self.notices.append)

    async def loaded(self, endpoint: str = "prod") -> Drafts:
        """As the next start finds them."""
        drafts = self.open(endpoint)
        await drafts.load()
        return drafts

    @property
    def files(self) -> list[Path]:
        return sorted(self.folder.iterdir()) if self.folder.exists() else []

    def write(self, name: str, content: bytes) -> None:
        self.folder.mkdir(parents=True, exist_ok=True)
        (self.folder / name).write_bytes(content)


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    return Desk(tmp_path / "state" / "prod.drafts")


def test_a_profile_has_a_folder_of_its_own(tmp_path: Path) -> None:
    paths = Paths(tmp_path / "config", tmp_path / "cache", tmp_path / "state")
    assert drafts_folder(paths, "prod") == tmp_path / "state" / "prod.drafts"


async def test_without_a_folder_there_is_nothing_and_none_is_made(desk: Desk) -> None:
    drafts = await desk.loaded()
    assert (drafts.all, drafts.of_this_run) == ((), ())
    await drafts.close()
    assert not desk.folder.parent.exists()


async def test_what_was_kept_is_there_at_the_next_start(desk: Desk) -> None:
    drafts = desk.open()
    drafts.keep(CHAIN)
    drafts.keep(FORM)
    assert drafts.find(CHAIN.ref) == CHAIN
    await drafts.close()
    again = await desk.loaded()
    assert {draft.ref: draft for draft in again.all} == {CHAIN.ref: CHAIN, FORM.ref: FORM}
    assert again.of_this_run == ()
    assert (CHAIN.is_list, FORM.is_list) == (True, False)
    found = again.find(CHAIN.ref)
    assert found is not None
    assert settings_from(Kind.CHAIN, found.before) == BEFORE[Kind.CHAIN]
    assert settings_from(Kind.CHAIN, found.after) == AFTER[Kind.CHAIN]
    assert desk.notices == []


async def test_files_and_folder_are_their_owners_alone(desk: Desk) -> None:
    drafts = desk.open()
    drafts.keep(CHAIN)
    await drafts.close()
    (file,) = desk.files
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    assert stat.S_IMODE(desk.folder.stat().st_mode) == 0o700


async def test_what_was_dropped_is_gone(desk: Desk) -> None:
    drafts = desk.open()
    drafts.keep(CHAIN)
    drafts.keep(FORM)
    await drafts.close()
    again = await desk.loaded()
    again.drop(CHAIN.ref)
    again.drop(Ref(Kind.GROUP, "never kept"))
    await again.close()
    assert again.all == (FORM,)
    assert (await desk.loaded()).all == (FORM,)
    assert len(desk.files) == 1


async def test_the_latest_comes_first_and_only_those_of_this_run_are_of_it(desk: Desk) -> None:
    first = desk.open()
    first.keep(replace(CHAIN, at=AT + timedelta(minutes=1)))
    first.keep(FORM)
    await first.close()
    drafts = await desk.loaded()
    assert [draft.ref for draft in drafts.all] == [CHAIN.ref, FORM.ref]
    later = replace(FORM, at=AT + timedelta(minutes=2))
    drafts.keep(later)
    assert [draft.ref for draft in drafts.all] == [FORM.ref, CHAIN.ref]
    assert drafts.of_this_run == (later,)
    drafts.drop(FORM.ref)
    assert drafts.of_this_run == ()
    await drafts.close()


async def test_the_latest_wins_when_changes_come_quickly(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    written: list[Any] = []
    real = drafts_module.write_private

    def write(file: Path, content: bytes) -> None:
        written.append(json.loads(content)["draft"]["steps"])
        real(file, content)

    monkeypatch.setattr(drafts_module, "write_private", write)
    drafts = desk.open()
    for steps in range(1, 200):
        drafts.keep(replace(CHAIN, steps=steps))
    await drafts.close()
    assert written[-1] == 199
    assert len(written) < 199
    assert (await desk.loaded()).all == (replace(CHAIN, steps=199),)


async def test_what_is_changed_while_it_is_written_is_written_again(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    real = drafts_module.write_private
    drafts = desk.open()
    news = [replace(CHAIN, steps=2), replace(CHAIN, steps=3)]

    def write(file: Path, content: bytes) -> None:
        if news:
            drafts._drafts[CHAIN.ref] = news[0]
            drafts._changed[news.pop(0).ref] = None
        real(file, content)

    monkeypatch.setattr(drafts_module, "write_private", write)
    drafts.keep(replace(CHAIN, steps=1))
    await drafts.close()
    assert (await desk.loaded()).all == (replace(CHAIN, steps=3),)


async def test_kept_and_dropped_at_once_leaves_nothing(desk: Desk) -> None:
    drafts = desk.open()
    drafts.keep(CHAIN)
    drafts.drop(CHAIN.ref)
    await drafts.close()
    assert desk.files == []


async def test_what_was_kept_before_loading_ended_is_not_overwritten(desk: Desk) -> None:
    first = desk.open()
    first.keep(CHAIN)
    await first.close()
    drafts = desk.open()
    drafts.keep(replace(CHAIN, steps=21))
    await drafts.load()
    assert drafts.all == (replace(CHAIN, steps=21),)
    await drafts.close()


# What is left alone, and what is left out


async def test_drafts_of_another_account_are_left_alone(desk: Desk) -> None:
    other = desk.open("test")
    other.keep(CHAIN)
    await other.close()
    drafts = await desk.loaded("prod")
    assert drafts.all == ()
    drafts.drop(CHAIN.ref)
    await drafts.close()
    assert (await desk.loaded("test")).all == (CHAIN,)


def document(**changes: Any) -> bytes:
    draft = {"ref": {"kind": "chain"}, "title": "x", "at": "2026-11-22T03:00:00Z"}
    return json.dumps({"format": FORMAT, "endpoint": "prod", "draft": draft} | changes).encode()


def deep(levels: int) -> bytes:
    return document().replace(b'"x"', b'"x", "before": ' + b"[" * levels + b"]" * levels)


def test_there_is_no_place_for_a_key() -> None:
    """What a person typed into a hidden field is not among the ``answers``."""
    names = {member.name for member in fields(Draft)} | {
        member.name for kind in ANY for member in fields(type(BEFORE[kind]))
    }
    assert not {name for name in names if "psk" in name or "key" in name}


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"null",
        b"\xff\xfe",
        document()[:-5],
        document(format=FORMAT + 1),
        document(endpoint=7),
        document(draft={"ref": {}, "title": "x"}),
        document(draft={"ref": {"kind": "chain"}, "title": "x", "at": "yesterday"}),
        document(draft={"ref": {"kind": "chain"}, "title": "x", "at": "2026-11-22T03:00:00"}),
        document(draft={"ref": {"kind": "chain"}, "title": "x", "at": None, "answers": {"a": 1}}),
        pytest.param(deep(100_000), id="deep"),
    ],
)
async def test_a_file_that_cannot_be_read_costs_only_itself(desk: Desk, content: bytes) -> None:
    desk.write("a.draft.json", content)
    drafts = await desk.loaded()
    drafts.keep(FORM)
    assert drafts.all == (FORM,)
    await drafts.close()
    assert (await desk.loaded()).all == (FORM,)
    assert desk.notices == []


async def test_other_files_of_the_folder_are_nothing(desk: Desk) -> None:
    desk.write(".a.draft.json.tmp123", document())
    desk.write("notes.txt", b"mine")
    (desk.folder / "b.draft.json").mkdir()
    assert (await desk.loaded()).all == ()


async def test_a_field_of_a_later_version_is_left_out(desk: Desk) -> None:
    desk.write("a.draft.json", document(mood="hopeful"))
    assert [draft.title for draft in (await desk.loaded()).all] == ["x"]


# A disk that refuses


async def test_a_disk_that_refuses_is_told_once_and_the_edit_goes_on(desk: Desk) -> None:
    desk.folder.parent.mkdir(parents=True)
    desk.folder.write_text("in the way", encoding="utf-8")
    drafts = desk.open()
    assert drafts.outlive
    drafts.keep(CHAIN)
    await drafts.close()
    drafts.keep(FORM)
    drafts.drop(FORM.ref)
    await drafts.close()
    (notice,) = desk.notices
    assert notice.title == "Unsaved edits cannot be kept on the disk"
    assert notice.detail
    assert drafts.all == (CHAIN,)
    assert not drafts.outlive


async def test_a_disk_that_is_full_keeps_what_was_there(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    drafts = desk.open()
    drafts.keep(CHAIN)
    await drafts.close()

    def fsync(_handle: int) -> None:
        raise OSError(28, "No space left on device")

    with monkeypatch.context() as full:
        full.setattr(os, "fsync", fsync)
        drafts.keep(replace(CHAIN, steps=21))
        await drafts.close()
    assert [notice.detail for notice in desk.notices] == ["[Errno 28] No space left on device"]
    assert (await desk.loaded()).all == (CHAIN,)
    assert len(desk.files) == 1


@pytest.mark.parametrize(
    "draft",
    [
        replace(FORM, ref=Ref(Kind.NETWORK, "n_\ud800")),
        replace(FORM, answers={"name": "half a \udc80 character"}),
        replace(FORM, title="network \udcff"),
    ],
)
async def test_text_that_no_file_can_hold_is_told_like_a_disk_that_refuses(
    desk: Desk, draft: Draft
) -> None:
    drafts = desk.open()
    drafts.keep(draft)
    drafts.keep(CHAIN)
    await drafts.close()
    assert len(desk.notices) == 1
    assert (await desk.loaded()).all == (CHAIN,)


async def test_in_memory_nothing_outlives() -> None:
    drafts = in_memory()
    await drafts.load()
    drafts.keep(CHAIN)
    assert drafts.all == drafts.of_this_run == (CHAIN,)
    drafts.drop(CHAIN.ref)
    await drafts.close()
    assert (drafts.all, drafts.outlive) == ((), False)


# Any of them


@st.composite
def any_drafts(draw: st.DrawFn) -> Draft:
    kind, before = draw(some)
    answers = draw(st.dictionaries(texts, texts, max_size=3))
    ref = Ref(kind, draw(texts), draw(ids))
    wanted = draw(st.none() | st.just(plain_of(before)))
    return Draft(ref, draw(texts), AT, draw(st.integers(0, 99)), wanted, wanted, answers, 3)


@settings(deadline=None, max_examples=60)
@given(draft=any_drafts())
def test_any_draft_comes_back_as_it_was(
    tmp_path_factory: pytest.TempPathFactory, draft: Draft
) -> None:
    async def there_and_back() -> tuple[Draft, ...]:
        desk = Desk(tmp_path_factory.mktemp("drafts") / "x")
        drafts = desk.open()
        drafts.keep(draft)
        await drafts.close()
        assert desk.notices == []
        return (await desk.loaded()).all

    assert asyncio.run(there_and_back()) == (draft,)


@given(st.lists(st.builds(Ref, ids, ids, ids), unique=True, max_size=20))
def test_each_object_has_a_file_of_its_own(refs: list[Ref]) -> None:
    names = {drafts_module._file_name(ref) for ref in refs}
    assert len(names) == len(refs)
    assert all(Path(name).name == name for name in names)


# Killed in the middle of a twenty-rule edit


_EDITS = """
import asyncio, os, signal, sys
from pathlib import Path
sys.path.insert(0, sys.argv[2])
from dataclasses import replace
from simtui.clock import SystemClock
from simtui.models.plain import plain_of
from simtui.models.settings import Chain, RuleSettings
from simtui.store.drafts import Draft, Drafts
from simtui.models.config_change import Ref

async def edit():
    drafts = Drafts(Path(sys.argv[1]), "prod", SystemClock(), print)
    rules = ()
    for number in range(20):
        rules += (RuleSettings("DROP", "TCP", dst_ports=str(1000 + number)),)
        drafts.keep(Draft(Ref("chain", "INBOUND", "ip_1"), "chain", drafts.now(), 7,
                          plain_of(Chain()), plain_of(Chain(rules)), steps=number + 1))
        drafts.keep(Draft(Ref("tunnel", "", "n_1"), "new tunnel", drafts.now(),
                          answers={"name": "hq" + str(number)}))
        if number == 9:
            await asyncio.sleep(0)
    await drafts.close()
    print("kept", flush=True)
    drafts.keep(Draft(Ref("chain", "INBOUND", "ip_1"), "too late", drafts.now(), 7))
    os.kill(os.getpid(), signal.SIGKILL)

asyncio.run(edit())
"""


def run_to_its_end(folder: Path) -> subprocess.CompletedProcess[bytes]:
    root = str(Path(__file__).parents[2])
    command = [sys.executable, "-c", _EDITS, str(folder), root]
    return subprocess.run(command, capture_output=True, timeout=60, check=False)


async def test_killed_in_the_middle_of_an_edit_of_twenty_rules(desk: Desk) -> None:
    ended = run_to_its_end(desk.folder)
    assert (ended.returncode, ended.stdout) == (-signal.SIGKILL, b"kept\n"), ended.stderr
    drafts = await desk.loaded()
    chain = drafts.find(Ref(Kind.CHAIN, "INBOUND", "ip_1"))
    form = drafts.find(Ref(Kind.TUNNEL, "", "n_1"))
    assert chain is not None
    assert form is not None
    assert (chain.steps, len(chain.after["items"])) == (20, 20)
    assert form.answers == {"name": "hq19"}
    assert {stat.S_IMODE(file.stat().st_mode) for file in desk.files} == {0o600}
