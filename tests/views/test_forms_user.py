"""Inviting and changing a user in a form (contract §3.10, §9)."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from simtui.errors import UsageError
from simtui.models.permission_level import known_levels
from simtui.models.settings import UserSettings
from simtui.views.fields.email import parse_email
from simtui.views.forms.field import Field, FieldError, Form
from simtui.views.forms.user_form import user_form
from simtui.views.text import UNSAFE

ANNA = UserSettings("anna@example.com", "Anna", "ADMINISTRATOR", "ACTIVE")
DAAN = UserSettings("daan@example.com", "Daan", "OPERATOR", "ACTIVE")
LUC = UserSettings("luc@example.com", "Luc", "OPERATOR", "INVITED")
USERS = {"a": ANNA, "d": DAAN, "l": LUC}
LEVELS = known_levels(None)


def form_of(user_id: str = "", own: str = "") -> Form[UserSettings]:
    return user_form(USERS.get(user_id), user_id, USERS, LEVELS, own)


def values(form: Form[UserSettings]) -> dict[str, str]:
    return {field.name: field.value for field in form.fields}


def field(form: Form[UserSettings], name: str) -> Field:
    return next(one for one in form.fields if one.name == name)


def refusal(form: Form[UserSettings], **answers: str) -> FieldError:
    with pytest.raises(FieldError) as caught:
        form.read(values(form) | answers)
    return caught.value


# Addresses


@pytest.mark.parametrize(
    "text", ["anna@example.com", " zoé@exämple.nl ", "a@b", "x" * 248 + "@b.com"]
)
def test_an_address_has_one_at(text: str) -> None:
    assert parse_email(text) == text.strip()


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("", "is missing"),
        ("  ", "is missing"),
        ("anna.example.com", "has no @ in it"),
        ("anna@at@example.com", "has 2 @ in it"),
        ("@example.com", "has nothing before the @"),
        ("anna@", "has nothing behind the @"),
        ("anna de@example.com", "has a blank in it"),
        ("an\x07na@example.com", "control characters"),
        ("x" * 249 + "@b.com", "255 characters; 254 are allowed"),
    ],
)
def test_what_is_no_address_is_refused_with_the_reason_and_the_way_out(text: str, why: str) -> None:
    with pytest.raises(UsageError) as caught:
        parse_email(text)
    assert why in str(caught.value)
    assert caught.value.hint


@given(st.text(max_size=20))
def test_an_address_that_passes_is_one(text: str) -> None:
    try:
        address = parse_email(text)
    except UsageError as error:
        assert not UNSAFE.search(str(error))
        return
    name, at, domain = address.partition("@")
    assert name and at and domain and "@" not in domain
    assert parse_email(address) == address


# An invitation


def test_an_invitation_begins_with_the_lowest_level() -> None:
    form = form_of()
    assert form.title == "Invite a user"
    assert values(form) == {"email": "", "name": "", "permission_level": "READ_ONLY"}
    answers = {"email": "zoe@example.com", "name": "Zoe", "permission_level": "READ_ONLY"}
    assert form.read(answers) == UserSettings("zoe@example.com", "Zoe", "READ_ONLY")


def test_the_levels_are_offered_the_lowest_first_each_with_its_words() -> None:
    level = field(form_of(), "permission_level")
    assert level.choices is not None
    offers = level.choices("")
    assert [offer.text for offer in offers] == [one.name for one in LEVELS]
    assert offers[0].note == "lowest: changes nothing; reads Things, networks, billing"
    assert offers[-1].note == "changes everything, users too"


def test_what_the_chosen_level_may_do_is_said_below() -> None:
    told = [cell.text for cell in form_of().remarks({"permission_level": "BILLING"})]
    assert told[0] == "BILLING may change: billing"
    assert form_of().remarks({"permission_level": "BILL"}) == []


def test_bad_answers_are_refused_at_their_fields() -> None:
    form = form_of()
    good = {"email": "zoe@example.com", "name": "Zoe"}
    assert refusal(form, **good | {"email": "zoe"}).field == "email"
    assert refusal(form, **good | {"name": ""}).field == "name"
    wrong = refusal(form, **good, permission_level="BOSS")
    assert wrong.field == "permission_level"
    assert "READ_ONLY" in str(wrong)
    taken = refusal(form, **good | {"email": "ANNA@example.com"})
    assert (taken.field, taken.title) == ("email", "There is a user ANNA@example.com already")


# Somebody who is there


def test_somebody_who_is_there_has_a_status_too() -> None:
    form = form_of("d")
    assert values(form) == {
        "email": "daan@example.com", "name": "Daan", "permission_level": "OPERATOR",
        "status": "ACTIVE",
    }  # fmt: skip
    assert form.read(values(form)) == DAAN
    off = form.read(values(form) | {"status": "disabled"})
    assert off == replace(DAAN, status="DISABLED")


def test_only_the_server_makes_somebody_invited() -> None:
    form = form_of("l")
    assert form.read(values(form)) == LUC
    offers = field(form, "status").choices
    assert offers is not None
    assert [offer.text for offer in offers("")] == ["INVITED", "ACTIVE", "DISABLED"]
    assert refusal(form_of("d"), status="INVITED").field == "status"


def test_a_status_that_is_not_told_is_not_asked_for() -> None:
    form = user_form(replace(DAAN, status=None), "d", USERS, LEVELS)
    assert "status" not in values(form)
    assert form.read(values(form)).status is None


def test_what_the_server_has_and_nobody_knows_stays_and_is_safe_to_print() -> None:
    odd = UserSettings("no at all\x1b[2J", "", "B\u202eOSS", "ASLEEP")
    form = user_form(odd, "o", {"o": odd}, LEVELS)
    assert form.read(values(form)) == odd
    assert not any(UNSAFE.search(field.value) for field in form.fields)


def test_the_last_administrator_is_kept_at_the_field() -> None:
    form = form_of("a")
    demoted = refusal(form, permission_level="OPERATOR")
    assert demoted.field == "permission_level"
    assert "Make another user an active ADMINISTRATOR first" in demoted.hint
    with pytest.raises(UsageError, match="last active administrator"):
        field(form, "permission_level").check("OPERATOR")
    with pytest.raises(UsageError, match="last active administrator"):
        field(form, "status").check("DISABLED")
    assert refusal(form, status="DISABLED").field == "status"
    field(form, "status").check("ACTIVE")


def test_oneself_is_kept_at_the_field() -> None:
    with pytest.raises(UsageError, match="is you"):
        field(form_of("d", own="d"), "permission_level").check("ADMINISTRATOR")
    field(form_of("d", own="a"), "permission_level").check("ADMINISTRATOR")
