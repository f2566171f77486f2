"""The few things that only a process of its own can show."""

from __future__ import annotations

import json
import os
import signal
import socket
import subprocess
import sys
from pathlib import Path
from urllib.error import HTTPError
from urllib.request import urlopen

import pytest

from simtui import __version__

HEAVY = {
    "httpx",
    "jsonschema",
    "msgspec",
    "platformdirs",
    "pydantic",
    "rich",
    "starlette",
    "textual",
    "tomlkit",
    "uvicorn",
}
SIMTUI = (sys.executable, "-m", "simtui")


def loaded_by(*arguments: str) -> set[str]:
    script = (
        "import json, sys\n"
        "from simtui.cli.main import main\n"
        "code = main(sys.argv[1:])\n"
        "print(json.dumps([code, sorted(sys.modules)]), file=sys.stderr)\n"
    )
    ended = subprocess.run(
        [sys.executable, "-c", script, *arguments], capture_output=True, text=True, check=True
    )
    code, modules = json.loads(ended.stderr.splitlines()[-1])
    assert code == 0
    return set(modules)


@pytest.mark.parametrize(
    ("argument", "allowed"), [("--version", set()), ("--help", set()), ("paths", {"platformdirs"})]
)
def test_nothing_heavy_is_loaded_for_a_short_answer(argument: str, allowed: set[str]) -> None:
    assert loaded_by(argument) & (HEAVY | {"simtui.ui", "simtui.store", "simtui.api"}) <= allowed


def test_the_journal_is_read_without_the_network_and_the_screen(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("SIMTUI_CLIENT_ID", "somebody")
    monkeypatch.setenv("SIMTUI_CLIENT_SECRET", "secret")
    monkeypatch.setenv("SIMTUI_CONFIG_DIR", str(tmp_path / "config"))
    monkeypatch.setenv("SIMTUI_STATE_DIR", str(tmp_path / "state"))
    loaded = loaded_by("journal")
    assert not loaded & {"httpx", "pydantic_core", "starlette", "textual", "simtui.ui"}


def test_the_help_of_apply_needs_neither_the_network_nor_the_screen() -> None:
    """The words for actions come from the views, which measure text with rich."""
    kept_out = (HEAVY - {"rich"}) | {"simtui.ui", "simtui.store", "simtui.api"}
    assert not loaded_by("apply", "suspend", "--help") & kept_out


def test_the_first_frame_does_without_what_acts_on_things() -> None:
    script = "import json, sys, simtui.ui.launch; print(json.dumps(sorted(sys.modules)))"
    ended = subprocess.run(
        [sys.executable, "-c", script], capture_output=True, text=True, check=True
    )
    loaded = set(json.loads(ended.stdout))
    assert "simtui.ui.screens.things" in loaded
    late = ("simtui.views.plan", "simtui.views.journal", "simtui.views.jobs", "simtui.views.imei")
    assert not {module for module in loaded if module.startswith(late)}
    assert not loaded & {
        "httpx",
        "pydantic_core",
        "simtui.models.action",
        "simtui.store.operations",
        "simtui.store.outbox",
        "simtui.ui.acting.acting",
        "simtui.ui.screens.journal",
        "simtui.ui.screens.plan_dialog",
        "simtui.ui.screens.thing",
        "textual.widgets._text_area",
    }


def test_the_module_is_the_command() -> None:
    ended = subprocess.run([*SIMTUI, "--version"], capture_output=True, text=True, check=False)
    assert (ended.returncode, ended.stdout, ended.stderr) == (0, f"simtui {__version__}\n", "")


def test_a_pipe_that_nobody_reads_ends_it_quietly() -> None:
    reader, writer = os.pipe()
    os.close(reader)
    for unbuffered in ("", "1"):
        ended = subprocess.run(
            [*SIMTUI, "paths"],
            stdout=writer,
            stderr=subprocess.PIPE,
            env=os.environ | {"PYTHONUNBUFFERED": unbuffered},
            text=True,
            check=False,
        )
        assert (ended.returncode, ended.stderr) == (141, "")
    os.close(writer)


@pytest.mark.parametrize("ending", [signal.SIGINT, signal.SIGTERM])
def test_the_sandbox_tells_how_to_connect_and_ends_cleanly(ending: signal.Signals) -> None:
    with subprocess.Popen(
        [*SIMTUI, "sandbox", "--port", "0", "--things", "10"],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    ) as process:
        assert process.stdout is not None
        told = json.loads(process.stdout.readline())
        assert set(told) == {"baseUrl", "tokenUrl", "clientId", "clientSecret"}
        with pytest.raises(HTTPError) as refused:
            urlopen(f"{told['baseUrl']}/account")
        assert refused.value.code == 401
        refused.value.close()
        process.send_signal(ending)
        rest, hints = process.communicate(timeout=30)
    assert process.returncode == 0
    assert rest == ""
    assert f"export SIMTUI_CLIENT_ID={told['clientId']}" in hints
    assert "Traceback" not in hints


def test_a_port_that_is_taken_is_a_sentence(tmp_path: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        ended = subprocess.run(
            [*SIMTUI, "sandbox", f"--port={port}"], capture_output=True, text=True, check=False
        )
    assert (ended.returncode, ended.stdout) == (2, "")
    assert ended.stderr.startswith(f"simtui: Cannot listen on port {port}.")
