"""A client for an API that lives inside this program, without a network."""

from __future__ import annotations

from typing import Any

import httpx

from simtui.api.client import Client
from simtui.api.endpoint import Endpoint
from simtui.clock import Clock


def client_in_process(application: Any, endpoint: Endpoint, clock: Clock) -> Client:
    """A client whose requests are handed to an ASGI application."""
    return Client(endpoint, transport=httpx.ASGITransport(app=application), clock=clock)
