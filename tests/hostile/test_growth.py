"""The time of every command grows with the bytes of its input, and not with their square.

`benchmarks/growth.py` measures it, in processor seconds of one run: twice the bytes take at most 2.6
times as long. No test asks for a number of seconds.
"""

import subprocess
import sys
from pathlib import Path

import pytest

from benchmarks.growth import COMMANDS, EXPLAIN
from benchmarks.worst import WORST
from skill_lint.cli.commands import COMMANDS as ALL

ROOT = Path(__file__).parents[2]
READ_NO_SKILLS = {"rules", "init", "cache", "models"}
WORST_OF_ALL = (
    "skills-linked",
    "skills-named",
    "long-words",
    "suppression-of-rules-that-differ",
    "baseline-of-deep-files",
    "json-lists-in-the-body",
    "files",
)
"""Each of these once took a command time that grows with the square of the bytes, or nearly."""


def grown(*words: str) -> str:
    """The table of `benchmarks/growth.py`, if nothing in it is steep."""
    command = [sys.executable, "benchmarks/growth.py", *words]
    run = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    assert run.returncode == 0, run.stdout + run.stderr
    return run.stdout


def test_every_command_that_reads_skills_is_measured() -> None:
    assert {*COMMANDS, EXPLAIN} == set(ALL) - READ_NO_SKILLS


@pytest.mark.slow
@pytest.mark.parametrize("name", WORST_OF_ALL)
def test_growth(name: str) -> None:
    table = grown(name)
    assert all(f"| {each} | " in table for each in (*COMMANDS, EXPLAIN))


@pytest.mark.long
@pytest.mark.parametrize("name", [name for name in WORST if name not in WORST_OF_ALL])
def test_growth_of_every_input(name: str) -> None:
    grown(name)
