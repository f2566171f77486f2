"""A network in its form: name, description and isolation; the rest has pages of its own."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from simtui.models.config_change import ConfigChange, Ref
from simtui.models.settings import NetworkSettings, Settings, settings_of
from simtui.ui.configuring.edits import gone
from simtui.ui.configuring.form_edit import FormEdit, SavePlan
from simtui.ui.fleet_feed import FleetFeed
from simtui.views.cell import Cell
from simtui.views.config.names import names_of, title_of
from simtui.views.forms.field import Answers, Form
from simtui.views.forms.network_form import network_form
from simtui.views.network.apn import why_apn_is_fixed
from simtui.views.network.isolation import isolation_remark


async def network_edit(feed: FleetFeed, ref: Ref) -> FormEdit[NetworkSettings]:
    """The network as it is, or a new one.

    Raises:
        NotFound: when it is not there any more.
    """
    network = feed.context.networks.get(ref.object_id)
    if ref.object_id and network is None:
        raise gone("The network")

    def remarks(answers: Answers) -> Sequence[Cell]:
        return (Cell(why_apn_is_fixed(network), "dim"),)

    def form_of(shown: Settings | None) -> Form[NetworkSettings]:
        form = network_form(shown if isinstance(shown, NetworkSettings) else None)
        return replace(form, remarks=remarks)

    def plan_of(wanted: NetworkSettings, before: Settings | None, version: int) -> SavePlan:
        was = before if isinstance(before, NetworkSettings) else None
        title = title_of(ref, was.name if was else wanted.name)
        known = tuple(feed.context.networks)
        return SavePlan(
            ConfigChange(ref, title, before, wanted, version, known),
            remarks=isolation_remark(was, wanted),
            names=names_of(feed.context),
        )

    return FormEdit(
        ref,
        title_of(ref, network.name) if network else "new network",
        form_of,
        plan_of,
        settings_of(network) if network else None,
        network.version if network else 0,
    )
