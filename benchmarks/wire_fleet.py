"""A fleet of any size as the API would send it, from a server that stays small.

Up to 10,000 Things are those of the sandbox, in its own words. Beyond that they come round
again under other ids, numbers and names.
"""

from __future__ import annotations

import asyncio
from collections.abc import Iterable, Mapping, Sequence
from functools import lru_cache
from typing import Any

import httpx
import msgspec

from simtui.sandbox.fleet import numbers
from simtui.sandbox.server import in_process

MOST_TEMPLATES = 10_000
LARGEST_PAGE = 500
PAGES_KEPT = 250
SEED = 1
SMALL_LISTS = ("things-groups", "networks", "ip-profiles")
_HEAD = ("thingId", "iccid", "imsi", "name")

_encode = msgspec.json.Encoder().encode


class WireFleet:
    """Pages of ``things`` Things, and the small ``lists`` by their path, all as bytes."""

    def __init__(self, things: int) -> None:
        self.things = things
        self.lists, found = asyncio.run(_answers(min(things, MOST_TEMPLATES)))
        self._heads = [{name: thing[name] for name in _HEAD} for thing in found]
        self._tails = [_encode(_without_head(thing))[1:] for thing in found]
        self._first_serial = _serial(found[0]["iccid"])
        self.page = lru_cache(maxsize=PAGES_KEPT)(self._page)

    def of_iccids(self, iccids: Sequence[str]) -> bytes:
        """The page of the Things with these ICCIDs."""
        wanted = (_serial(iccid) - self._first_serial for iccid in iccids)
        places = [place for place in wanted if 0 <= place < self.things]
        return _envelope(map(self._thing, places), 0, len(iccids), len(places))

    def _page(self, offset: int, limit: int) -> bytes:
        places = range(offset, min(offset + limit, self.things))
        return _envelope(map(self._thing, places), offset, limit, self.things)

    def _thing(self, place: int) -> bytes:
        again, at = divmod(place, len(self._heads))
        head = self._heads[at]
        if again:
            head = {
                "thingId": f"t_{place + 1}",
                "iccid": numbers.iccid(self._first_serial + place),
                "imsi": numbers.imsi(place),
                "name": f"{head['name']}-{again}",
            }
        return _encode(head)[:-1] + b"," + self._tails[at]


def _envelope(items: Iterable[bytes], offset: int, limit: int, total: int) -> bytes:
    """A page as the contract writes it (contract §1.4)."""
    rest = f'],"offset":{offset},"limit":{limit},"total":{total}}}'
    return b'{"items":[' + b",".join(items) + rest.encode()


def _without_head(thing: Mapping[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in thing.items() if name not in _HEAD}


def _serial(iccid: str) -> int:
    """The card number within an ICCID: what stands between the issuer and the check digit."""
    return int(iccid[len(numbers.ISSUER) : -1])


async def _answers(things: int) -> tuple[dict[str, bytes], list[dict[str, Any]]]:
    """What the sandbox answers: its small lists as they are, and its Things."""
    application, endpoint = in_process(things=max(things, 10), seed=SEED, fresh=False)
    transport = httpx.ASGITransport(app=application)
    async with httpx.AsyncClient(transport=transport) as client:
        form = {
            "client_id": endpoint.client_id,
            "client_secret": endpoint.client_secret.reveal(),
            "grant_type": "client_credentials",
        }
        token = (await client.post(endpoint.token_url, data=form)).json()["access_token"]
        client.headers["Authorization"] = f"Bearer {token}"

        async def ask(path: str, offset: int = 0) -> bytes:
            place = {"offset": offset, "limit": LARGEST_PAGE}
            answer = await client.get(f"{endpoint.base_url}/{path}", params=place)
            return answer.raise_for_status().content

        lists = {path: await ask(path) for path in SMALL_LISTS}
        pages = [await ask("things", offset) for offset in range(0, things, LARGEST_PAGE)]
    return lists, [thing for page in pages for thing in msgspec.json.decode(page)["items"]]
