"""A run that people wait for."""

import os
import pty
import subprocess
import sys
import termios
from pathlib import Path

import pytest

SKILL = "---\nname: {0}\ndescription: Use when testing.\n---\n\n# Title\n\n[x](gone.md)\n"


@pytest.fixture(autouse=True)
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)


def collection(number: int, more: str = "") -> None:
    for name in (f"s{each:03}" for each in range(number)):
        Path(name).mkdir()
        Path(name, "SKILL.md").write_text(SKILL.format(name) + more, encoding="utf-8")


def screen(*words: str, **environment: str) -> bytes:
    """What a run writes to a terminal on standard error."""
    ours, theirs = pty.openpty()
    termios.tcsetwinsize(theirs, (24, 80))
    kept = {name: value for name, value in os.environ.items() if name != "CI"}
    with subprocess.Popen(
        [sys.executable, "-m", "skill_lint", "--jobs", "1", *words],
        stdout=subprocess.DEVNULL, stderr=theirs, env={**kept, **environment},
    ) as run:  # fmt: skip
        os.close(theirs)
        shown = b""
        while True:
            try:
                shown += os.read(ours, 4_096)
            except OSError:  # Linux says so at the end.
                break
            if run.poll() is not None:
                break
    os.close(ours)
    return shown


@pytest.mark.slow
def test_a_long_run_shows_its_progress_to_people_alone() -> None:
    collection(300, "\n\n".join(["- a `word` and a [link](x.md)"] * 200))
    assert b"/300" in screen()
    assert screen(CI="true") == b""
    assert screen("s000") == b"", "a short run shows nothing"
