"""Groups, networks and IP profiles as forms (contract §3.3 to §3.5)."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from simtui.errors import UsageError
from simtui.models import IpPool, IpProfile, Network
from simtui.models.settings import GroupSettings, NetworkSettings, ProfileSettings
from simtui.views.fleet_context import FleetContext
from simtui.views.forms.field import Field, FieldError, Form
from simtui.views.forms.group_form import group_form
from simtui.views.forms.network_form import network_form
from simtui.views.forms.profile_form import profile_form

HOSTILE = "de\x1b[2Jpot\u202e"
SETTINGS = GroupSettings("depot-7", "pumps", "n1", "p1")
NOON = datetime(2026, 11, 22, 12, tzinfo=UTC)
ANY_TEXT = st.text(max_size=12)


def values(form: Form) -> dict[str, str]:
    return {field.name: field.value for field in form.fields}


def field(form: Form, name: str) -> Field:
    return next(one for one in form.fields if one.name == name)


def refusal(form: Form, **answers: str) -> FieldError:
    with pytest.raises(FieldError) as caught:
        form.read(values(form) | answers)
    return caught.value


def test_the_fields_of_a_group_with_what_it_has(context: FleetContext) -> None:
    form = group_form(SETTINGS, context, "g1")
    assert values(form) == {
        "name": "depot-7", "network": "factory", "ip_profile": "closed", "description": "pumps",
    }  # fmt: skip
    assert form.title == "Group depot-7"
    assert form.read(values(form)) == SETTINGS
    assert all(len(one.label) <= 12 for one in form.fields)


def test_a_new_group_begins_where_it_was_asked_for(context: FleetContext) -> None:
    form = group_form(None, context, "", "n2", "p1")
    assert refusal(form).field == "name"
    made = form.read(values(form) | {"name": " new ", "network": "FACTORY"})
    assert made == GroupSettings("new", "", "n1", "p1")
    assert refusal(group_form(None, context), name="a").field == "network"


def test_the_name_of_a_group_is_its_own_in_any_case(context: FleetContext) -> None:
    form = group_form(SETTINGS, context, "g1")
    error = refusal(form, name="NORTH yard")
    assert (error.field, error.title) == ("name", "There is a group North yard already")
    assert form.read(values(form) | {"name": "DEPOT-7"}).name == "DEPOT-7"
    with pytest.raises(Exception, match="North yard already"):
        field(form, "name").check("north yard")


def test_networks_are_chosen_by_any_part_of_their_names(context: FleetContext) -> None:
    pools = (IpPool("q1", "10.0.0.0/24"), IpPool("q2", "10.0.1.0/24"))
    context.networks["n1"] = replace(context.networks["n1"], ip_pools=pools, thing_count=1482)
    choices = field(group_form(None, context), "network").choices
    assert choices("CTO") == (("factory", "1,482 Things, 2 pools"),)
    assert [choice.text for choice in choices("")] == ["factory", "field"]
    assert choices("nothing like it") == ()


def test_profiles_tell_how_many_rules_they_have(context: FleetContext) -> None:
    choices = field(group_form(None, context), "ip_profile").choices
    assert choices("closed") == (("closed", "1 rule in, 0 rules out"),)


def test_the_same_name_twice_is_told_apart_by_the_id(context: FleetContext) -> None:
    context.networks["n3"] = Network("n3", "factory")
    context.networks["n4"] = Network("n4", "factory (n3)")
    form = group_form(SETTINGS, context, "g1")
    texts = [choice.text for choice in field(form, "network").choices("factory")]
    assert len(set(texts)) == 3
    assert values(form)["network"] == "factory (n1)"
    read = {form.read(values(form) | {"network": text}).network_id for text in texts}
    assert read == {"n1", "n3", "n4"}
    error = refusal(form, network="factory")
    assert "factory (n1)" in error.detail


def test_names_that_differ_in_case_are_chosen_as_they_are(context: FleetContext) -> None:
    context.networks["n3"] = Network("n3", "Factory")
    form = group_form(SETTINGS, context, "g1")
    assert form.read(values(form) | {"network": "Factory"}).network_id == "n3"
    assert form.read(values(form) | {"network": "factory"}).network_id == "n1"
    assert refusal(form, network="FACTORY").title == "“FACTORY” is more than one network"


def test_hostile_names_are_shown_harmless_and_kept_as_they_are(context: FleetContext) -> None:
    context.networks["n1"] = Network("n1", HOSTILE)
    form = group_form(replace(SETTINGS, name=HOSTILE, description=HOSTILE), context, "g1")
    shown = [*values(form).values(), form.title]
    shown += [choice.text for choice in field(form, "network").choices("")]
    assert not any("\x1b" in text or "\u202e" in text for text in shown)
    read = form.read(values(form))
    assert (read.name, read.description, read.network_id) == (HOSTILE, HOSTILE, "n1")


def test_what_is_chosen_stays_while_nothing_is_known_of_it(now) -> None:
    form = group_form(SETTINGS, FleetContext(now), "g1")
    assert values(form)["network"] == "n1"
    assert field(form, "network").choices("") == (("n1", "not known here"),)
    assert form.read(values(form)) == SETTINGS


def test_an_unknown_network_gets_the_nearest_one(context: FleetContext) -> None:
    error = refusal(group_form(SETTINGS, context, "g1"), network="factroy")
    assert error.field == "network"
    assert "factroy" in error.title
    assert "factory, field" in error.detail
    assert error.hint == "Did you mean factory?"


@given(name=ANY_TEXT, description=ANY_TEXT, others=st.lists(ANY_TEXT, max_size=4))
def test_untouched_settings_come_out_as_they_went_in(name, description, others) -> None:
    networks = {f"n{at}": Network(f"n{at}", other) for at, other in enumerate(others)}
    profiles = {f"p{at}": IpProfile(f"p{at}", other) for at, other in enumerate(others)}
    context = FleetContext(NOON, networks=networks, ip_profiles=profiles)
    for at in range(len(others) + 1):
        settings = GroupSettings(name, description, f"n{at}", f"p{at}")
        form = group_form(settings, context, "g1")
        assert form.read(values(form)) == settings
    network = NetworkSettings(name, description, len(name) % 2 == 0)
    assert network_form(network).read(values(network_form(network))) == network
    profile = ProfileSettings(name, description)
    assert profile_form(profile).read(values(profile_form(profile))) == profile


def test_a_network_isolates_its_things_or_not() -> None:
    form = network_form(NetworkSettings("factory", "", thing_isolation=True))
    assert values(form) == {"name": "factory", "isolation": "on", "description": ""}
    assert [choice.text for choice in field(form, "isolation").choices("")] == ["on", "off"]
    assert not form.read(values(form) | {"isolation": "OFF"}).thing_isolation
    assert refusal(form, isolation="maybe").field == "isolation"
    assert refusal(network_form(None)).field == "name"
    assert network_form(None).read({"name": "new", "isolation": "off"}) == NetworkSettings("new")


def test_a_profile_has_a_name_and_a_description() -> None:
    assert profile_form(None).read({"name": "closed"}) == ProfileSettings("closed")
    assert refusal(profile_form(None), name="x" * 65).field == "name"


@given(st.lists(st.text(max_size=80), min_size=4, max_size=4))
def test_any_texts_are_settings_or_refused(texts: list[str]) -> None:
    context = FleetContext(NOON, networks={"n1": Network("n1", "factory")})
    forms = (group_form(None, context), network_form(None), profile_form(None))
    for form in forms:
        answers = dict(zip(values(form), texts, strict=False))
        for name, text in answers.items():
            try:
                field(form, name).check(text)
            except UsageError as error:
                assert error.detail
        try:
            form.read(answers)
        except FieldError as error:
            assert error.field in answers
