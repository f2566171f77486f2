from __future__ import annotations

import sys
from dataclasses import dataclass, field
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

from simtui.cli import terminal
from simtui.cli.main import main
from simtui.sandbox.server import LiveServer
from simtui.sandbox.token import ApiClient


@dataclass(frozen=True)
class Outcome:
    """What a run of the command line ended with."""

    code: int
    out: str
    err: str


@pytest.fixture(autouse=True)
def own_directories(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """No test sees the profiles, or the environment, of whoever runs it."""
    for name in ("BASE_URL", "TOKEN_URL", "CLIENT_ID", "CLIENT_SECRET", "PROFILE"):
        monkeypatch.delenv(f"SIMTUI_{name}", raising=False)
    for kind in ("CONFIG", "CACHE", "STATE"):
        monkeypatch.setenv(f"SIMTUI_{kind}_DIR", str(tmp_path / kind.lower()))
    return tmp_path


@pytest.fixture
def simtui(capsys: pytest.CaptureFixture[str]):
    """Runs the command line within this process."""

    def run(*arguments: str) -> Outcome:
        code = main(arguments)
        out, err = capsys.readouterr()
        return Outcome(code, out, err)

    return run


@pytest.fixture
def write_config(own_directories: Path):
    def write(text: str, mode: int = 0o600) -> Path:
        file = own_directories / "config" / "config.toml"
        file.parent.mkdir(exist_ok=True)
        file.write_text(text, encoding="utf-8")
        file.chmod(mode)
        return file

    return write


@dataclass
class FakeApp:
    """Stands where the app is, and remembers how it was opened."""

    calls: list[dict[str, Any]] = field(default_factory=list)
    code: int = 0
    has_terminal: bool = True

    def run_app(self, profile: object, **options: object) -> int:
        self.calls.append({"profile": profile, **options})
        return self.code


@pytest.fixture
def app(monkeypatch: pytest.MonkeyPatch) -> FakeApp:
    """The app and a terminal, neither of them real."""
    fake = FakeApp()
    launch = SimpleNamespace(run_app=fake.run_app, DemoOptions=SimpleNamespace)
    monkeypatch.setitem(sys.modules, "simtui.ui.launch", launch)
    screen = SimpleNamespace(isatty=lambda: fake.has_terminal)
    monkeypatch.setattr(terminal, "sys", SimpleNamespace(stdin=screen, stdout=screen))
    return fake


@pytest.fixture
def sign_in(server: LiveServer, monkeypatch: pytest.MonkeyPatch):
    """Puts the module's ``server`` into the environment, as a user of some permission level."""

    def sign_in(level: str = "ADMINISTRATOR") -> ApiClient:
        client = server.credentials.of(level)
        told = {
            "BASE_URL": server.endpoint.base_url,
            "TOKEN_URL": server.endpoint.token_url,
            "CLIENT_ID": client.client_id,
            "CLIENT_SECRET": client.client_secret.reveal(),
        }
        for name, value in told.items():
            monkeypatch.setenv(f"SIMTUI_{name}", value)
        return client

    return sign_in


@pytest.fixture
def fault(server: LiveServer):
    """Switches a fault of the sandbox on, until the test is over."""
    yield server.faults.switch_on
    server.faults.switch_all_off()
