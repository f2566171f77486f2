"""The templates for messages: a file of the user's own, a name and a text a line."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

from simtui.errors import ConfigError
from simtui.views.text import clean

FILE_NAME: Final = "sms-templates.toml"


@dataclass(frozen=True, slots=True)
class SmsTemplates:
    """Where they are; without a ``file`` there are the ``built_in`` ones and no others."""

    file: Path | None = None
    built_in: Mapping[str, str] = field(default_factory=dict)

    def read(self) -> Mapping[str, str]:
        """The texts by name, in the order of the file; read anew each time, so that an edit of
        the file needs no restart.

        Raises:
            ConfigError: when it cannot be read or understood.
        """
        if self.file is None:
            return self.built_in
        try:
            content = self.file.read_text(encoding="utf-8")
            found = tomllib.loads(content)
        except FileNotFoundError:
            return self.built_in
        except (OSError, ValueError) as error:
            raise ConfigError(
                "The SMS templates cannot be read", f"{self.file}: {error}", _EXAMPLE
            ) from None
        for name, text in found.items():
            if not isinstance(text, str):
                detail = f"{self.file}: {clean(name)} is no text"
                raise ConfigError("The SMS templates cannot be read", detail, _EXAMPLE)
        return found


_EXAMPLE: Final = 'A line is a name and a text, for example: rename = "SET NAME {name}"'

FOR_THE_DEMO: Final = SmsTemplates(
    built_in={
        "status": "STATUS",
        "restart": "RESET",
        "reboot": "REBOOT",
        "firmware": "VERSION",
        "name": "SET NAME {name}",
        "report in": "APN iot.programmable ID {iccid} IP {ip}",
    }
)
"""Of the demo nothing is kept, so it brings its own; its devices know the first four."""
