"""An IP profile as a form, without its chains (contract §3.5)."""

from __future__ import annotations

from simtui.models.settings import ProfileSettings
from simtui.views.fields.text import parse_description, parse_name
from simtui.views.forms.entry import text_entry
from simtui.views.forms.field import Answers, Form
from simtui.views.plan.wording import named


def profile_form(settings: ProfileSettings | None) -> Form[ProfileSettings]:
    """An IP profile as it is, or a new one, whose chains are empty and allow everything."""
    start = settings or ProfileSettings("")
    name = text_entry(
        "name", "Name", parse_name, settings.name if settings else None, example="closed"
    )
    description = text_entry("description", "Description", parse_description, start.description)

    def read(answers: Answers) -> ProfileSettings:
        return ProfileSettings(name.read(answers), description.read(answers))

    title = f"IP profile {named(settings.name)}" if settings else "New IP profile"
    return Form(title, (name.field, description.field), read)
