"""The ``[pulse]`` table: every key, its default, and what is refused."""

from __future__ import annotations

from dataclasses import fields
from pathlib import Path

import pytest

from simtui.config.pulse import USUAL, PulseSettings
from simtui.config.read import parse_config
from simtui.errors import ConfigError
from simtui.views.pulse.thresholds import DEFAULTS, Thresholds

DOCUMENT = Path(__file__).parents[2] / "docs" / "pulse.md"


def read(text: str) -> PulseSettings:
    return parse_config(f"[pulse]\n{text}".encode(), Path("config.toml")).pulse


def refusal(text: str) -> str:
    with pytest.raises(ConfigError) as refused:
        read(text)
    return f"{refused.value} {refused.value.hint}"


def test_without_the_table_everything_is_as_usual() -> None:
    assert parse_config(b"", Path("config.toml")).pulse == USUAL == PulseSettings(DEFAULTS)
    assert read("") == USUAL
    assert (USUAL.alert, USUAL.start) == ("none", "auto")


def test_everything_may_be_said() -> None:
    told = read(
        'silent_factor = 2.5\nsilent_floor = "90m"\nsilent_share = 1\nsilent_together = 9\n'
        "offline_share = 10\nimei_hours = 48\nsms_failed_hours = 12\nsms_failed_bad = 3\n"
        "pool_fill_warn = 60\npool_fill_bad = 80\npool_full_hours = 4\nflap_hours = 12\n"
        'flap_changes = 8\njob_hours = 6\nspend_warn = 5\nspend_bad = 300\nalert = "bell"\n'
        'start = "list"'
    )
    assert told.thresholds == Thresholds(
        2.5, 5400, 1, 9, 10, 48, 12, 3, 60, 80, 4, 12, 8, 6, 5, 300
    )
    assert (told.alert, told.start) == ("bell", "list")
    assert read("silent_factor = 2").thresholds.silent_factor == 2.0


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("silent_facter = 2", ("onfig.toml", "pulse.silent_facter", '"silent_factor"')),
        ("offline_share = 101", ("pulse.offline_share", "from 1 to 100")),
        ("offline_share = 0", ("pulse.offline_share", "from 1 to 100")),
        ('offline_share = "much"', ("pulse.offline_share", "a whole number", "a string")),
        ("imei_hours = 1.5", ("pulse.imei_hours", "a whole number")),
        ("imei_hours = true", ("pulse.imei_hours", "a whole number")),
        ("silent_factor = 0.5", ("pulse.silent_factor", "from 1 to 1000")),
        ("silent_factor = nan", ("pulse.silent_factor", "from 1 to 1000")),
        ("silent_floor = 60", ("pulse.silent_floor", "a string in quotes")),
        ('silent_floor = "soon"', ("pulse.silent_floor", "no length of time", '"2h"')),
        ("pool_fill_warn = 96", ("pulse.pool_fill_warn", "above pool_fill_bad, which is 95")),
        ("spend_bad = 10", ("pulse.spend_warn", "above spend_bad, which is 10")),
        ('alert = "bells"', ("pulse.alert", 'Did you mean "bell"?')),
        ('alert = "x"', ("pulse.alert", "none, bell, notify")),
        ("alert = true", ("pulse.alert", "a string in quotes")),
        ('start = "pulse"', ("pulse.start", "auto, list")),
    ],
)
def test_what_cannot_be_is_refused_with_where_it_stands(text: str, words: tuple[str, ...]) -> None:
    said = refusal(text)
    assert not [word for word in words if word not in said], said


def test_the_guide_has_every_key_with_its_default() -> None:
    text = DOCUMENT.read_text(encoding="utf-8")
    for field in fields(Thresholds):
        default = {"silent_floor": '"1h"', "silent_factor": "3"}.get(field.name, field.default)
        assert f"| `{field.name}` | `{default}` |" in text
    assert '| `alert` | `"none"` |' in text
    assert '| `start` | `"auto"` |' in text
