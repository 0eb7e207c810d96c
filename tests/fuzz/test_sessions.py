"""The fuzzer finds nothing in a while; `SKILL_LINT_FUZZ_SECONDS` says in how many seconds."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.fuzz.targets import TARGETS
from tests.support.tools import module

ROOT = Path(__file__).parents[2]
SECONDS = os.environ.get("SKILL_LINT_FUZZ_SECONDS", "120")


@pytest.mark.long
@pytest.mark.parametrize("target", TARGETS)
def test_session(target: str, tmp_path: Path) -> None:
    module("atheris", extra="fuzz")
    words = ["-m", "tests.fuzz", target, "--seconds", SECONDS, "--keep", str(tmp_path)]
    done = subprocess.run(
        [sys.executable, *words], cwd=ROOT, capture_output=True, text=True, check=False
    )
    said = done.stdout + done.stderr[-2_000:]
    kept = [path for path in (tmp_path / target).iterdir() if path.is_file()]
    assert not kept, f"{said}\n{kept[0].read_bytes()!r}"
    assert done.returncode == 0, said
