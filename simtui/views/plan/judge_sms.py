"""Sending a message to a Thing (contract §3.8)."""

from __future__ import annotations

from simtui.models import Service, State, Thing
from simtui.models.action import SendSms
from simtui.models.sms_template import constant, fields_in, filled
from simtui.views.plan.verdict import Changes, Facts, Forbidden, Judge, Verdict
from simtui.views.plan.wording import named
from simtui.views.sms.checked_sms import lacking, spoilt
from simtui.views.sms.segments import count
from simtui.views.text import clean

_WAY_OUT = {
    State.PROVISIONED: "activate it first",
    State.SUSPENDED: "resume it first",
    State.RETIRED: "it is out of service for good",
}


def judge_sms(action: SendSms, facts: Facts) -> Judge:
    """Only a Thing that is ACTIVE and may use SMS gets one; its text needs what it has."""

    alike = None if fields_in(action.text) else _sent(constant(action.text))

    def judge(thing: Thing) -> Verdict:
        if why := why_no_sms(thing):
            return Forbidden(why)
        if needed := lacking(action.text, thing):
            return Forbidden(f"has not {needed}, which the text needs")
        if odd := spoilt(action.text, thing):
            return Forbidden(f"would bring {odd} into the text, which no message can have")
        return alike or _sent(filled(action.text, thing))

    return judge


def _sent(text: str) -> Changes:
    segments = count(text).segments
    return Changes("", f"“{clean(text)}”", f"{segments} segments" if segments > 1 else "")


def why_no_sms(thing: Thing) -> str:
    """Why a Thing gets no message whatever its text, with the way out; empty when it does."""
    if thing.state != State.ACTIVE:
        way_out = _WAY_OUT.get(thing.state, "only an ACTIVE Thing gets messages")
        return f"is {named(thing.state)}: {way_out}"
    if thing.allowed_services is not None and Service.SMS not in thing.allowed_services:
        return "may not use SMS: allow it first"
    return ""
