from __future__ import annotations

import pytest

from simtui.views.filter.complete import complete
from simtui.views.filter.fields import FIELDS
from simtui.views.filter.parser import parse
from simtui.views.filter.problem import FilterError
from simtui.views.filter.vocabulary import Vocabulary, vocabulary_of
from simtui.views.fleet_context import FleetContext

WORDS = Vocabulary(groups=("depot-7", "North yard"), tags=("nl", "north"), networks=("factory",))


@pytest.mark.parametrize(
    ("text", "offered"),
    [
        ("st", ["state:"]),
        ("!STA", ["!state:"]),
        ("pump im", ["pump imei:", "pump imsi:", "pump imei-changed>", "pump imei-changed<"]),
        ("state:s", ["state:suspended"]),
        ("state:active,s", ["state:active,suspended"]),
        ("!online:", ["!online:yes", "!online:no", "!online:unknown"]),
        ("group:", ["group:depot-7", 'group:"North yard"']),
        ("group:no", ['group:"North yard"']),
        ('group:"No', ['group:"North yard"']),
        ("x tag:n", ["x tag:nl", "x tag:north"]),
        ('group:"a b",de', ['group:"a b",depot-7']),
        ("seen>", ["seen>2h", "seen>24h", "seen>7d"]),
        ("nope:x", []),
        ("seen:", []),
        ("zzz", []),
        ('"state:', []),
    ],
)
def test_what_is_offered(text: str, offered: list[str]) -> None:
    assert complete(text, len(text), WORDS) == offered


def test_nothing_typed_offers_every_field_once_for_each_sign() -> None:
    offered = complete("pump ", 5)
    assert len(offered) == sum(len(field.operators) for field in FIELDS.values())
    assert all(text.startswith("pump ") for text in offered)


def test_what_stands_behind_the_cursor_stays() -> None:
    text = "state:a pump"
    (done,) = complete(text, 7)
    assert done == "state:active pump"
    assert len(done) - len(text[7:]) == len("state:active")


@pytest.mark.parametrize("text", ["state:", "group:", "tag:", "session:", "locked:", "service:"])
def test_what_is_offered_can_be_parsed(text: str) -> None:
    for done in complete(text, len(text), WORDS):
        parse(done, WORDS)


def test_every_usage_that_errors_name_is_itself_a_good_start() -> None:
    for field in FIELDS.values():
        try:
            parse(field.usage)
        except FilterError as error:
            assert error.position == len(field.usage)


def test_the_vocabulary_is_what_is_loaded(context: FleetContext) -> None:
    words = vocabulary_of(context, ["nl", "Be", "nl"])
    assert words.groups == ("depot-7", "North yard")
    assert words.ip_profiles == ("closed", "open")
    assert words.tags == ("Be", "nl")
    assert "g1" in words.ids
