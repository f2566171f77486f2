"""The demo: the API itself inside this program, and a client that talks to it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from simtui.clock import Clock

if TYPE_CHECKING:
    from simtui.api.client import Client


@dataclass(frozen=True, slots=True)
class DemoOptions:
    """The made-up fleet; ``fresh`` is an account as shipped, ``scenario`` what has happened."""

    things: int = 2000
    seed: int = 1
    fresh: bool = False
    scenario: str | None = None


def demo_client(options: DemoOptions, clock: Clock) -> Client:
    """Make up the fleet and open a client on it; takes its time, so it is called in a thread."""
    from simtui.api.endpoint import Endpoint
    from simtui.api.in_process import client_in_process
    from simtui.sandbox.server import in_process

    application, told = in_process(
        things=options.things,
        seed=options.seed,
        fresh=options.fresh,
        scenario=options.scenario,
    )
    endpoint = Endpoint(told.base_url, told.token_url, told.client_id, told.client_secret)
    return client_in_process(application, endpoint, clock)
