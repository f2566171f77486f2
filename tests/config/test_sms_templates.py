"""The file of templates: read anew each time, refused with what to write instead."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from simtui.config.sms_templates import FILE_NAME, FOR_THE_DEMO, SmsTemplates
from simtui.errors import ConfigError
from simtui.models import IpLease, Thing
from simtui.models.sms_template import filled
from simtui.views.sms.checked_sms import checked_sms_text, lacking

Write = Callable[[str | bytes], SmsTemplates]

PUMP = Thing("t1", "8931086200000000019", "ACTIVE", name="pump-12", ip=IpLease("10.0.4.17"))


@pytest.fixture
def write(tmp_path: Path) -> Write:
    def write(text: str | bytes) -> SmsTemplates:
        file = tmp_path / FILE_NAME
        file.write_bytes(text.encode() if isinstance(text, str) else text)
        return SmsTemplates(file, {"own": "BUILT IN"})

    return write


def refusal(templates: SmsTemplates) -> ConfigError:
    with pytest.raises(ConfigError) as caught:
        templates.read()
    error = caught.value
    assert error.title == "The SMS templates cannot be read"
    assert str(templates.file) in error.detail
    assert 'rename = "SET NAME {name}"' in error.hint
    assert error.exit_code == 3
    return error


def test_the_texts_by_name_in_the_order_of_the_file(write: Write) -> None:
    templates = write(
        """
        # what our pumps know
        status = "STATUS"
        restart = "RESET"
        "by name" = "SET NAME {name}"
        apn = '''APN a
ID {iccid}'''
        """
    )
    assert list(templates.read().items()) == [
        ("status", "STATUS"),
        ("restart", "RESET"),
        ("by name", "SET NAME {name}"),
        ("apn", "APN a\nID {iccid}"),
    ]


def test_an_edit_of_the_file_is_seen_at_once(write: Write) -> None:
    templates = write('a = "1"')
    assert templates.read() == {"a": "1"}
    write('b = "2"')
    assert templates.read() == {"b": "2"}


def test_an_empty_file_has_none(write: Write) -> None:
    assert write("# none yet\n").read() == {}


def test_without_a_file_there_are_the_built_in_ones(tmp_path: Path) -> None:
    built_in = {"own": "BUILT IN"}
    assert SmsTemplates(None, built_in).read() == built_in
    assert SmsTemplates(tmp_path / "none" / FILE_NAME, built_in).read() == built_in
    assert SmsTemplates(tmp_path / FILE_NAME).read() == {}
    assert not list(tmp_path.iterdir())


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("status = STATUS", "line 1"),
        ('a = "1"\nb = x', "line 2"),
        ('status = "STATUS', "Unterminated string"),
        (b'a = "\xff\xfe"', "utf-8"),
        (b"\xef\xbb\xbfa = 1", "line 1"),
        ("a = 1", "a is no text"),
        ('a = ["STATUS"]', "a is no text"),
        ('ok = "x"\n[status]\ntext = "STATUS"', "status is no text"),
        ("at = 2026-11-22", "at is no text"),
        ("on = true", "on is no text"),
    ],
)
def test_a_file_that_cannot_be_understood(write: Write, text: str | bytes, words: str) -> None:
    assert words in refusal(write(text)).detail


def test_a_file_that_cannot_be_read(tmp_path: Path) -> None:
    (tmp_path / FILE_NAME).mkdir()
    assert "Is a directory" in refusal(SmsTemplates(tmp_path / FILE_NAME)).detail


def test_a_name_of_the_file_cannot_act_on_the_terminal(write: Write) -> None:
    assert r"\x1b[2J is no text" in refusal(write('"\\u001b[2J" = 1')).detail


@given(st.binary(max_size=60) | st.text(max_size=60).map(str.encode))
def test_any_file_is_read_or_refused_in_a_sentence(
    tmp_path_factory: pytest.TempPathFactory, content: bytes
) -> None:
    file = tmp_path_factory.getbasetemp() / FILE_NAME
    file.write_bytes(content)
    try:
        found = SmsTemplates(file).read()
    except ConfigError as error:
        assert str(file) in error.detail
    else:
        assert all(isinstance(text, str) for text in found.values())


def test_those_of_the_demo_can_be_sent_to_any_thing_that_has_all() -> None:
    for text in FOR_THE_DEMO.read().values():
        assert checked_sms_text(text) == text
        assert lacking(text, PUMP) == ""
        assert "{" not in filled(text, PUMP)
