"""Name, description and services of a Thing (contract §3.1)."""

from __future__ import annotations

from simtui.models import Thing
from simtui.models.action import Describe, SetServices
from simtui.views.plan.field_texts import services_text, value_text
from simtui.views.plan.verdict import Already, Changes, Facts, Judge, Verdict


def judge_describe(action: Describe, facts: Facts) -> Judge:
    """Another name, another description, or both."""

    def judge(thing: Thing) -> Verdict:
        settings = (
            ("name", thing.name, action.name),
            ("description", thing.description, action.description),
        )
        changes = [
            (setting, value_text(was), value_text(wanted))
            for setting, was, wanted in settings
            if wanted is not None and wanted != was
        ]
        if not changes:
            return Already("is called and described so already")
        (_, before, after), *others = changes
        more = (f"{setting} {was} → {wanted}" for setting, was, wanted in others)
        return Changes(before, after, " · ".join(more))

    return judge


def judge_services(action: SetServices, facts: Facts) -> Judge:
    """Exactly these services; the order does not matter."""
    wanted = frozenset(action.services)

    def judge(thing: Thing) -> Verdict:
        allowed = thing.allowed_services
        if allowed is not None and frozenset(allowed) == wanted:
            return Already(f"its services are {services_text(allowed)} already")
        return Changes(services_text(allowed), services_text(action.services))

    return judge
