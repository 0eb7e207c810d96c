"""What a terminal decides: colours, links and the width of lines, seen from a real one."""

import fcntl
import os
import pty
import re
import struct
import subprocess
import sys
import termios
from pathlib import Path

import pytest

from skill_lint.cli.main import main
from tests.support.cached import Capture, lint

SKILL = """\
---
name: a
description: Does a. Use when testing the width of lines in a terminal.
banner: https://example.org
---

# Title

See [the guide](gone.md), which is not there.
"""
COLOUR = "\x1b[31;1m"
LINK = re.compile(r"\x1b\]8;;(https://[^\x1b]+)\x1b\\broken-link\x1b\]8;;\x1b\\")
DECIDING = (
    "NO_COLOR", "FORCE_COLOR", "CLICOLOR", "CLICOLOR_FORCE", "TERM", "TERM_PROGRAM", "COLUMNS",
    "FORCE_HYPERLINK", "VTE_VERSION", "CI", "GITHUB_ACTIONS", "KITTY_WINDOW_ID", "WT_SESSION",
)  # fmt: skip


@pytest.fixture(autouse=True)
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    for name in DECIDING:
        monkeypatch.delenv(name, raising=False)
    Path("a").mkdir()
    Path("a/SKILL.md").write_text(SKILL, encoding="utf-8")


def shown(*words: str, columns: int = 80, **variables: str) -> str:
    """What a command prints in a terminal of this width."""
    ours, theirs = pty.openpty()
    fcntl.ioctl(theirs, termios.TIOCSWINSZ, struct.pack("HHHH", 24, columns, 0, 0))
    command = [sys.executable, "-m", "skill_lint", *words]
    environment = {**os.environ, "TERM": "xterm-256color", **variables}
    with subprocess.Popen(command, stdout=theirs, stderr=theirs, env=environment) as process:
        os.close(theirs)
        parts = []
        while True:
            try:
                part = os.read(ours, 65_536)
            except OSError:  # The other end is closed.
                break
            if not part:
                break
            parts.append(part)
        process.wait(timeout=60)
    os.close(ours)
    return b"".join(parts).decode().replace("\r\n", "\n")


@pytest.mark.parametrize(
    ("variables", "is_coloured"),
    [
        ({}, True),
        ({"NO_COLOR": "1"}, False),
        ({"TERM": "dumb"}, False),
        ({"CLICOLOR": "0"}, False),
        ({"TERM": "dumb", "CLICOLOR_FORCE": "1"}, True),
        ({"NO_COLOR": "1", "CLICOLOR_FORCE": "1"}, False),
    ],
)
def test_colours_in_a_terminal(variables: dict[str, str], is_coloured: bool) -> None:
    assert (COLOUR in shown("a", columns=80, **variables)) is is_coloured


@pytest.mark.parametrize(
    ("variables", "is_coloured"),
    [
        ({}, False),
        ({"CLICOLOR_FORCE": "1"}, True),
        ({"CLICOLOR_FORCE": "0"}, False),
        ({"FORCE_COLOR": "1"}, True),
    ],
)
def test_colours_in_a_pipe(variables: dict[str, str], is_coloured: bool) -> None:
    command = [sys.executable, "-m", "skill_lint", "a"]
    done = subprocess.run(
        command, capture_output=True, text=True, env={**os.environ, **variables}, check=False
    )
    assert (COLOUR in done.stdout) is is_coloured
    assert "\x1b]8" not in done.stdout


@pytest.mark.parametrize(
    ("words", "variables", "is_linked"),
    [
        ("", {}, False),
        ("", {"TERM_PROGRAM": "vscode"}, True),
        ("", {"VTE_VERSION": "7600"}, True),
        ("", {"TERM_PROGRAM": "vscode", "TERM": "dumb"}, False),
        ("", {"TERM_PROGRAM": "vscode", "FORCE_HYPERLINK": "0"}, False),
        ("", {"FORCE_HYPERLINK": "1"}, True),
        ("--color never", {"TERM_PROGRAM": "vscode"}, False),
        ("--output-format full", {"FORCE_HYPERLINK": "1"}, True),
        ("--output-format concise", {"FORCE_HYPERLINK": "1"}, True),
        ("--output-format json", {"FORCE_HYPERLINK": "1"}, False),
    ],
)
def test_names_of_rules_are_links(words: str, variables: dict[str, str], is_linked: bool) -> None:
    found = LINK.search(shown("a", *words.split(), columns=80, **variables))
    assert (found is not None) is is_linked
    if found:
        assert found[1].endswith("#broken-link")


def widest(printed: str) -> int:
    plain = re.sub(r"\x1b\[[0-9;]*m", "", printed)
    return max(len(line) for line in plain.splitlines() if len(line.split()) > 1)


@pytest.mark.parametrize("columns", [20, 50, 100])
@pytest.mark.parametrize(
    "words",
    ["check a", "check a --output-format full", "show a", "score a", "rules",
     "explain broken-link", "explain quick-start"],
)  # fmt: skip
def test_lines_fit(
    words: str, columns: int, capfd: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("COLUMNS", str(columns))
    main(words.split())
    assert columns * 0.6 < widest(capfd.readouterr().out) <= columns


def test_the_terminal_says_how_wide_it_is() -> None:
    assert 40 < widest(shown("rules", columns=50)) <= 50
    assert 40 < widest(shown("rules", columns=100, COLUMNS="50")) <= 50


def test_a_kept_report_is_printed_as_this_terminal_wants_it(
    capfdbinary: Capture, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("SKILL_LINT_NO_CACHE")
    monkeypatch.setenv("SKILL_LINT_CACHE_DIR", str(tmp_path.with_name("cache")))
    for variables in ({}, {"COLUMNS": "40"}, {"CLICOLOR_FORCE": "1"}, {"FORCE_HYPERLINK": "1"}):
        for name in ("COLUMNS", "CLICOLOR_FORCE", "FORCE_HYPERLINK"):
            monkeypatch.delenv(name, raising=False)
        for name, value in variables.items():
            monkeypatch.setenv(name, value)
        fresh = lint(capfdbinary, "a", "--no-cache")
        assert lint(capfdbinary, "a") == lint(capfdbinary, "a") == fresh
    Path(".skill-lint.yaml").write_text("min-severity: info\n")
    assert lint(capfdbinary, "a") == lint(capfdbinary, "a", "--no-cache")
