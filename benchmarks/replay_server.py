"""A server in a process of its own that only replays: its cost must not hide the client's.

``python -m benchmarks.replay_server 1000`` prints its port and answers until its stdin ends.
The first segment of a path is how many milliseconds an answer takes:
``http://127.0.0.1:PORT/50/api/things?offset=0&limit=500``.
"""

from __future__ import annotations

import asyncio
import sys
from typing import cast
from urllib.parse import parse_qs, urlsplit

from benchmarks.wire_fleet import WireFleet

HOST = "127.0.0.1"
TOKEN = b'{"access_token":"bench","token_type":"BearerToken","expires_in":"3599"}'
EMPTY = b'{"items":[],"offset":0,"limit":50,"total":0}'
_END_OF_HEAD = b"\r\n\r\n"


class Replay(asyncio.Protocol):
    """One connection: requests without surprises, answered one after the other."""

    def __init__(self, fleet: WireFleet) -> None:
        self._fleet = fleet
        self._received = b""

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        """Keep the way back."""
        self._transport = cast(asyncio.Transport, transport)

    def data_received(self, data: bytes) -> None:
        """Answer every request that is complete."""
        self._received += data
        while (end := self._received.find(_END_OF_HEAD)) >= 0:
            head = self._received[:end].decode("latin-1")
            whole = end + len(_END_OF_HEAD) + _body_length(head)
            if len(self._received) < whole:
                return
            self._received = self._received[whole:]
            self._answer(head.partition(" ")[2].partition(" ")[0])

    def _answer(self, target: str) -> None:
        url = urlsplit(target)
        _, latency, *rest = url.path.split("/")
        body = answer_to(self._fleet, "/".join(rest), url.query)
        head = f"HTTP/1.1 200 OK\r\ncontent-type: application/json\r\ncontent-length: {len(body)}"
        answer = head.encode() + _END_OF_HEAD + body
        asyncio.get_running_loop().call_later(int(latency) / 1000, self._transport.write, answer)


def answer_to(fleet: WireFleet, path: str, query: str) -> bytes:
    """The body for a path below the latency."""
    if path == "token":
        return TOKEN
    if path != "api/things":
        return fleet.lists.get(path.removeprefix("api/"), EMPTY)
    asked = parse_qs(query)
    if "iccid" in asked:
        return fleet.of_iccids(asked["iccid"])
    return fleet.page(int(asked["offset"][0]), int(asked["limit"][0]))


def _body_length(head: str) -> int:
    for line in head.split("\r\n")[1:]:
        name, _, value = line.partition(":")
        if name.lower() == "content-length":
            return int(value)
    return 0


async def serve(things: int) -> None:
    """Answer until stdin ends."""
    fleet = await asyncio.to_thread(WireFleet, things)
    loop = asyncio.get_running_loop()
    server = await loop.create_server(lambda: Replay(fleet), HOST, 0)
    print(server.sockets[0].getsockname()[1], flush=True)
    await asyncio.to_thread(sys.stdin.read)


if __name__ == "__main__":
    asyncio.run(serve(int(sys.argv[1])))
