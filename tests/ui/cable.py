"""What lies between the client and the world: it counts, and it can be cut or meddled with."""

from __future__ import annotations

import asyncio
from collections.abc import Callable

import httpx

Answer = Callable[[httpx.Request], httpx.Response | None]
"""An answer of one's own; None lets the request through. It may raise instead."""
Matches = Callable[[httpx.Request], bool]


def refused(request: httpx.Request) -> httpx.Response | None:
    """Nobody listens there."""
    raise httpx.ConnectError("All connection attempts failed") from ConnectionRefusedError(111, "")


class Cable(httpx.AsyncBaseTransport):
    """Hands requests on to ``world``, in the order in which they came."""

    def __init__(self, world: httpx.AsyncBaseTransport) -> None:
        self._world = world
        self._held: tuple[Matches, asyncio.Event] | None = None
        self.asked: list[httpx.Request] = []
        self.instead: Answer = lambda request: None
        self.without: frozenset[str] = frozenset()
        """Headers, in lower case, that get lost on the way back."""

    def hold(self, matches: Matches) -> Callable[[], None]:
        """Keep such requests waiting; answers the function that lets them go."""
        free = asyncio.Event()
        self._held = (matches, free)
        return free.set

    def cut(self) -> None:
        """From now on nobody listens at the other end."""
        self.instead = refused

    def mend(self) -> None:
        """From now on the world answers again."""
        self.instead = lambda request: None

    async def handle_async_request(self, request: httpx.Request) -> httpx.Response:
        self.asked.append(request)
        if self._held is not None and self._held[0](request):
            await self._held[1].wait()
        answer = self.instead(request)
        if answer is None:
            answer = await self._world.handle_async_request(request)
        for name in self.without & answer.headers.keys():
            del answer.headers[name]
        return answer


def is_page_after_the_first(request: httpx.Request) -> bool:
    """Whether it asks for a later page of the Thing list."""
    return request.url.path.endswith("/things") and request.url.params.get("offset", "0") != "0"
