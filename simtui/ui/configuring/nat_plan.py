"""What saving or deleting a NAT rule would send: the lock of the Thing's address comes first."""

from __future__ import annotations

from dataclasses import dataclass

from simtui.models import NatRule, Network, State, Thing
from simtui.models.action import LockIp
from simtui.models.config_change import ConfigChange, Ref
from simtui.models.settings import NatSettings, Settings, settings_of
from simtui.store.thing_write import ThingWrite
from simtui.ui.configuring.form_edit import SavePlan
from simtui.ui.configuring.readable import readable_names
from simtui.ui.fleet_feed import FleetFeed
from simtui.views.config.names import name_of, title_of
from simtui.views.nat.save_remarks import nat_save_remarks
from simtui.views.plan.phrases import phrase_of
from simtui.views.plan.wording import thing_name


@dataclass(frozen=True, slots=True)
class NatPlans:
    """Plans for one rule of ``network``; ``known`` are the ids of all its rules."""

    feed: FleetFeed
    ref: Ref
    network: Network
    known: tuple[str, ...] = ()

    def title(self, settings: Settings) -> str:
        """What the rule is called in sentences."""
        return title_of(self.ref, name_of(settings), self.network.name)

    def save(self, wanted: NatSettings, before: Settings | None, version: int) -> SavePlan:
        """The rule as it is wanted; a rule can only lead to an address that is locked."""
        known = () if self.ref.object_id else self.known
        change = ConfigChange(self.ref, self.title(wanted), before, wanted, version, known)
        thing = self.feed.thing(wanted.thing_id)
        return SavePlan(
            change,
            self._first(thing) if thing is not None and _is_asked_for(wanted, before) else (),
            nat_save_remarks(wanted, self.network, thing),
            readable_names(self.feed, wanted, before),
        )

    def delete(self, rule: NatRule) -> SavePlan:
        """The rule taken away."""
        before = settings_of(rule)
        change = ConfigChange(self.ref, self.title(before), before, None, rule.version)
        return SavePlan(change, names=readable_names(self.feed, before))

    def _first(self, thing: Thing) -> tuple[ThingWrite, ...]:
        """Locking the address that the Thing has, unless that is so already."""
        if thing.ip is None or thing.ip.locked or thing.state == State.RETIRED:
            return ()
        action = LockIp(self._address(thing))
        name = thing_name(thing)
        summary = phrase_of(action, (thing,), self.feed.context).with_object(name)
        return (ThingWrite(action, thing, summary, name),)

    def _address(self, thing: Thing) -> str | None:
        """A lease of another network cannot be locked here: then the server chooses."""
        pools = {pool.ip_pool_id for pool in self.network.ip_pools}
        ip = thing.ip
        is_elsewhere = ip is not None and pools and ip.pool_id and ip.pool_id not in pools
        return None if ip is None or is_elsewhere else ip.address


def _is_asked_for(wanted: NatSettings, before: Settings | None) -> bool:
    """Whether the server will look at the Thing: when the rule is in force or names it anew."""
    return (
        wanted.enabled or not isinstance(before, NatSettings) or before.thing_id != wanted.thing_id
    )
