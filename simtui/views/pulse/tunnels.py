"""IPsec tunnels that are down or flap, one row a network."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import datetime, timedelta

from simtui.models import Tunnel
from simtui.models.tunnel import TunnelState
from simtui.views.ages import age
from simtui.views.amounts import NOTHING, count_text
from simtui.views.plan.wording import named
from simtui.views.pulse.row import Lead, Level, PulseRow, Trend
from simtui.views.pulse.seen import Seen, Told
from simtui.views.pulse.trend import histogram
from simtui.views.text import clean
from simtui.views.tunnel.errors import error_words

DOWN = frozenset({TunnelState.DOWN, TunnelState.ERROR})


def tunnel_rows(seen: Seen) -> Iterator[PulseRow]:
    """A row for each network with a tunnel that is down or flaps; else one for all."""
    tunnels = {key: told for key, told in (seen.tunnels or {}).items() if not told.absent}
    if seen.tunnels is None or (seen.tunnels and not tunnels):
        return
    needing = [row for key, told in tunnels.items() if (row := _row(seen, key, told)) is not None]
    unknown = [told for told in tunnels.values() if told.value is None]
    if needing:
        yield from needing
    elif unknown or not tunnels:
        error = next((told.error for told in unknown if told.error is not None), None)
        why = (
            f"The tunnels could not be read: {clean(str(error))}."
            if error
            else "The tunnels are being read."
        )
        yield _summary(seen, NOTHING, Level.UNKNOWN, why, None)
    else:
        every = [tunnel for told in tunnels.values() for tunnel in told.value or ()]
        up = sum(state_of(tunnel) == TunnelState.UP for tunnel in every)
        said = f"{count_text(up)} of {count_text(len(every))} tunnels are up, and none flaps."
        oldest = min((told.as_of for told in tunnels.values() if told.as_of), default=None)
        yield _summary(seen, f"{up}/{len(every)} up", Level.OK, said, oldest)


def state_of(tunnel: Tunnel) -> str:
    """How it is; empty when that is not told."""
    return tunnel.status.state if tunnel.status is not None else ""


def _row(seen: Seen, network_id: str, told: Told[tuple[Tunnel, ...]]) -> PulseRow | None:
    tunnels = told.value or ()
    down = [one for one in tunnels if one.enabled and state_of(one) in DOWN]
    limit = seen.thresholds.flap_changes
    flaps = [one for one in tunnels if seen.flaps.get(one.tunnel_id, 0.0) >= limit]
    if not down and not flaps:
        return None
    number = f"{len(down)}/{len(tunnels)} down" if down else f"{len(flaps)} flapping"
    network = seen.context.networks.get(network_id)
    return PulseRow(
        f"tunnels {network_id}",
        "tunnels",
        f"Tunnels of {named(network.name if network else network_id)}",
        number,
        Level.RED if down or flaps else Level.OK,
        _sentence(seen, down, flaps),
        _rule(seen),
        Lead("tunnels", network_id),
        told.as_of,
        _trend(seen, {one.tunnel_id for one in tunnels}),
    )


def _sentence(seen: Seen, down: Sequence[Tunnel], flaps: Sequence[Tunnel]) -> str:
    said = [_down_text(one, seen.now) for one in down]
    for one in flaps:
        times = round(seen.flaps[one.tunnel_id])
        hours = seen.thresholds.flap_hours
        said.append(f"{named(one.name)} flaps: {times} changes of state in {hours}h")
    more = f"; {len(said) - 3} more" if len(said) > 3 else ""
    return f"{'Tunnel' if len(said) == 1 else 'Tunnels'} {'; '.join(said[:3])}{more}."


def _down_text(tunnel: Tunnel, now: datetime) -> str:
    status = tunnel.status
    error = f" ({error_words(status.last_error).title})" if status and status.last_error else ""
    since = f" for {age(status.since, now)}" if status and status.since else ""
    return f"{named(tunnel.name)} is down{since}{error}"


def _rule(seen: Seen) -> str:
    limits = seen.thresholds
    left_out = seen.tunnels_left_out
    more = f" {count_text(left_out)} smaller networks are not looked at." if left_out else ""
    return (
        f"Red when one that is switched on is down, or simtui has seen its state change"
        f" {limits.flap_changes} times in {limits.flap_hours}h.{more}"
    )


def _trend(seen: Seen, tunnels: set[str]) -> Trend | None:
    over = timedelta(hours=seen.thresholds.flap_hours)
    moments = [at for tunnel_id, at in seen.tunnel_changes if tunnel_id in tunnels]
    return histogram(moments, seen.now, over, "changes of state")


def _summary(seen: Seen, number: str, level: Level, told: str, as_of: datetime | None) -> PulseRow:
    return PulseRow(
        "tunnels",
        "tunnels",
        "IPsec tunnels",
        number,
        level,
        told,
        _rule(seen),
        Lead("networks"),
        as_of,
        _trend(seen, {tunnel_id for tunnel_id, _ in seen.tunnel_changes}),
    )
