"""One run of the command line, from the arguments to the exit code."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from simtui.cli.output import discard_output, flush_output
from simtui.cli.parser import parse
from simtui.cli.report import print_error
from simtui.errors import SimtuiError

_INTERRUPTED: Final = 130
_NOBODY_READS: Final = 141


def main(arguments: Sequence[str] | None = None) -> int:
    """Do what the arguments say and give back the exit code.

    An error is one line on stderr. Ctrl-C ends with 130, a reader of stdout that went
    away (``| head``) with 141, both quietly, the way other programs do.
    """
    try:
        return _run(arguments)
    except SimtuiError as error:
        print_error(error)
        return error.exit_code
    except KeyboardInterrupt:
        return _INTERRUPTED
    except BrokenPipeError:
        discard_output()
        return _NOBODY_READS


def _run(arguments: Sequence[str] | None) -> int:
    try:
        parsed = parse(arguments)
    except SystemExit as done:  # after --help and --version
        code = int(done.code or 0)
    else:
        code = int(parsed.run(parsed))
    flush_output()
    return code
