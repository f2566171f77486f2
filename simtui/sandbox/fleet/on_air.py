"""What a Thing has done since its activation: device, session, lease and usage."""

from __future__ import annotations

from datetime import datetime
from itertools import cycle

from simtui.sandbox.addressing import LEASE_TIME
from simtui.sandbox.cycles import cycle_at
from simtui.sandbox.fleet.coverage import make_cells
from simtui.sandbox.fleet.devices import MODELS
from simtui.sandbox.fleet.leases import Leases
from simtui.sandbox.fleet.moments import heavy_tail, moments_ago, moments_long_ago
from simtui.sandbox.fleet.numbers import DeviceNumbers
from simtui.sandbox.fleet.use_cases import USE_CASES, UseCase
from simtui.sandbox.records import SessionRecord, ThingRecord
from simtui.sandbox.world import World

SILENT = 0.025
"""The part of the ACTIVE Things that stopped talking."""

REPORTS_IMEISV = 0.2
"""The part of the devices of which the software version is known."""

LOCKED = 0.3
"""The part of the lockable Things whose address is locked."""

_HOUR = 3_600.0
_DAY = 24 * _HOUR


class OnAir:
    """Gives activated Things a past that fits their use and their state."""

    def __init__(self, world: World, count: int, now: datetime) -> None:
        random = world.random
        self._chance = random.random
        self._session_numbers = iter(world.reserve_ids("s", count))
        cells = make_cells(random, count)
        self._cells = {place: cycle(there) for place, there in cells.items()}
        self._devices = {
            device: [DeviceNumbers(tac, random.randrange(900_000)) for _, tac in models]
            for device, models in MODELS.items()
        }
        self._leases = {
            group.group_id: leases
            for network in world.networks.values()
            for leases in [Leases(world, network)]
            for group in world.groups.values()
            if group.network_id == network.network_id
        }
        self._seen = {use.kind: moments_ago(random, now, 1, use.habit_seconds) for use in USE_CASES}
        self._silent_since = moments_long_ago(random, now, 3 * _HOUR, 60 * _DAY)
        self._since = moments_long_ago(random, now, _HOUR, 20 * _DAY)
        self._as_of = moments_ago(random, now, 1, 300)
        self._stale_as_of = moments_long_ago(random, now, 2 * _HOUR, 2 * _DAY)
        self._lease_ends = moments_ago(random, now + LEASE_TIME, 1, 18 * _HOUR)
        tail = heavy_tail(random)
        self._bytes_per_day = {
            use.kind: cycle([int(factor * use.megabytes * 1_000_000 / 30) for factor in tail])
            for use in USE_CASES
        }
        self._cycle_start = cycle_at(now, world.time_zone).start
        self._now = now

    def put(self, thing: ThingRecord, use: UseCase, country: str) -> None:
        """Give an activated Thing its device, and a session and usage unless it is retired."""
        thing.plain_past = True
        devices = self._devices[use.device]
        thing.imei = devices[int(self._chance() * len(devices))].next()
        if self._chance() < REPORTS_IMEISV:
            thing.imei_sv = f"{thing.imei[:14]}{int(self._chance() * 90):02}"
        if thing.state == "RETIRED":
            thing.last_seen_at = thing.state_changed_at
            return
        state = self._session_state(thing, use)
        self._add_ages(thing, use, state)
        if state == "ONLINE" or thing.state == "ACTIVE":
            self._add_lease(thing, use, state)
        self._add_session(thing, use, country, state)
        self._add_usage(thing, use)

    def _session_state(self, thing: ThingRecord, use: UseCase) -> str:
        draw = self._chance()
        if thing.state == "SUSPENDED":
            return "ONLINE" if draw < 0.02 else "OFFLINE"
        if draw < SILENT:
            thing.silent = True
            return "UNKNOWN" if draw < SILENT / 5 else "OFFLINE"
        if use.always_on:
            return "ONLINE" if draw < 0.95 else "ATTACHED" if draw < 0.98 else "OFFLINE"
        return "ONLINE" if draw < 0.3 else "ATTACHED" if draw < 0.6 else "OFFLINE"

    def _add_ages(self, thing: ThingRecord, use: UseCase, state: str) -> None:
        stale = self._chance() < 0.02
        thing.as_of = next(self._stale_as_of if stale else self._as_of)
        if thing.state == "SUSPENDED" and state == "OFFLINE":
            thing.last_seen_at = thing.state_changed_at
        elif thing.silent:
            thing.last_seen_at = next(self._silent_since)
        else:
            thing.last_seen_at = next(self._seen[use.kind])

    def _add_lease(self, thing: ThingRecord, use: UseCase, state: str) -> None:
        locked = use.lockable and self._chance() < LOCKED
        if locked or (state != "UNKNOWN" and not thing.silent):
            self._leases[thing.group_id].give(thing, locked=locked)
            if not locked:
                thing.lease_expires_at = next(self._lease_ends)

    def _add_session(self, thing: ThingRecord, use: UseCase, country: str, state: str) -> None:
        rat = use.rats[int(self._chance() * len(use.rats))]
        cell = next(self._cells[country, rat])
        since = thing.last_seen_at if state == "OFFLINE" else next(self._since)
        if since is None or (thing.state_changed_at and since < thing.state_changed_at):
            since = thing.state_changed_at or thing.created_at
        thing.session = SessionRecord(
            f"s_{next(self._session_numbers)}",
            state,
            since,
            thing.ip_address if state == "ONLINE" else None,
            thing.imei,
            cell.rat,
            cell.mcc,
            cell.mnc,
            cell.operator_name,
            cell.country,
            cell.cell_id,
            cell.area_code,
        )

    def _add_usage(self, thing: ThingRecord, use: UseCase) -> None:
        thing.bytes_per_day = next(self._bytes_per_day[use.kind])
        days = self._days_in_use(thing)
        thing.data_bytes = int(thing.bytes_per_day * days * (0.7 + 0.6 * self._chance()))
        session = thing.session
        if session is not None and session.state == "ONLINE":
            session.bytes_up = thing.data_bytes // 12
            session.bytes_down = thing.data_bytes // 40
        if "SMS" in use.services and days:
            thing.sms_mt = int(6 * self._chance() ** 3)
            thing.sms_mo = int(3 * self._chance() ** 4)

    def _days_in_use(self, thing: ThingRecord) -> float:
        """How long in this cycle the Thing was ACTIVE and talked."""
        start, end = self._cycle_start, self._now
        changed = thing.state_changed_at or start
        if thing.state == "ACTIVE":
            start = max(start, changed)
        else:
            end = changed
        if thing.silent and thing.last_seen_at is not None:
            end = min(end, thing.last_seen_at)
        return max(0.0, (end - start).total_seconds() / _DAY)
