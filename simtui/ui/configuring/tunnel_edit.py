"""An IPsec tunnel in its form, beside the other tunnels of its network.

The key goes from the form into the change that is sent, and nowhere else.
"""

from __future__ import annotations

from dataclasses import replace

from simtui.models.config_change import ConfigChange, Ref
from simtui.models.settings import Settings, TunnelSettings, settings_of
from simtui.store.config_queries import TunnelsQuery
from simtui.ui.configuring.edits import gone
from simtui.ui.configuring.form_edit import FormEdit, SavePlan
from simtui.ui.fleet_feed import FleetFeed
from simtui.views.config.names import names_of, title_of
from simtui.views.fields.ipsec import generate_psk
from simtui.views.forms.field import Form
from simtui.views.forms.tunnel_form import TunnelAnswer, tunnel_form
from simtui.views.plan.wording import named
from simtui.views.tunnel.save_remarks import tunnel_save_remarks


async def tunnel_edit(feed: FleetFeed, ref: Ref) -> FormEdit[TunnelAnswer]:
    """The tunnel as it is, or a new one.

    Raises:
        NotFound: when it is not there any more.
        SimtuiError: when the tunnels of its network cannot be read.
    """
    network = feed.context.networks.get(ref.parent_id)
    if network is None:
        raise gone("The network")
    tunnels = await feed.store.fetch(TunnelsQuery(ref.parent_id))
    own = next((one for one in tunnels if one.tunnel_id == ref.object_id), None)
    if ref.object_id and own is None:
        raise gone("The IPsec tunnel")
    known = () if own is not None else tuple(one.tunnel_id for one in tunnels)

    def form_of(shown: Settings | None) -> Form[TunnelAnswer]:
        settings = shown if isinstance(shown, TunnelSettings) else None
        return tunnel_form(settings, network, tunnels, ref.object_id)

    def plan_of(wanted: TunnelAnswer, before: Settings | None, version: int) -> SavePlan:
        after, psk = wanted.settings, wanted.psk
        title = title_of(ref, after.name, network.name)
        change = ConfigChange(ref, title, before, after, version, known, psk)
        was = before if isinstance(before, TunnelSettings) else None
        remarks = tunnel_save_remarks(was, after, new_key=psk is not None)
        return SavePlan(change, remarks=remarks, names=names_of(feed.context))

    edit = FormEdit(
        ref,
        f"new IPsec tunnel of network {named(network.name)}",
        form_of,
        plan_of,
        generate=lambda: generate_psk().reveal(),
    )
    if own is None:
        return edit
    title = title_of(ref, own.name, network.name)
    return replace(edit, title=title, before=settings_of(own), version=own.version)
