"""``simtui`` and ``python -m simtui``."""

from __future__ import annotations

import sys

from simtui.cli.main import main as run


def main() -> None:
    """Run the command line and end the process with its exit code."""
    sys.exit(run())


if __name__ == "__main__":
    main()
