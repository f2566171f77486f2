"""A network as a form, without its pools, routes, rules and tunnels (contract §3.4)."""

from __future__ import annotations

from simtui.models.settings import NetworkSettings
from simtui.views.fields.text import parse_description, parse_name
from simtui.views.forms.entry import text_entry
from simtui.views.forms.field import Answers, Form
from simtui.views.forms.on_off import on_off_entry
from simtui.views.plan.wording import named


def network_form(settings: NetworkSettings | None) -> Form[NetworkSettings]:
    """A network as it is, or a new one. Its APN is fixed on this platform."""
    start = settings or NetworkSettings("")
    name = text_entry(
        "name", "Name", parse_name, settings.name if settings else None, example="factory"
    )
    description = text_entry("description", "Description", parse_description, start.description)
    isolation = on_off_entry(
        "isolation",
        "Isolation",
        start.thing_isolation,
        "its Things do not reach each other",
        "its Things reach each other",
    )

    def read(answers: Answers) -> NetworkSettings:
        return NetworkSettings(
            name.read(answers), description.read(answers), isolation.read(answers)
        )

    title = f"Network {named(settings.name)}" if settings else "New network"
    return Form(title, (name.field, isolation.field, description.field), read)
