from __future__ import annotations

import subprocess
import sys

import pytest


@pytest.mark.parametrize("module", ["endpoint", "things_query", "quota", "full_load", "paging"])
def test_what_others_import_early_does_not_load_the_network(module) -> None:
    code = (
        f"import sys, simtui.api.{module}; print({{'httpx', 'pydantic_core'}} & set(sys.modules))"
    )
    run = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert run.stdout.strip() == "set()"
