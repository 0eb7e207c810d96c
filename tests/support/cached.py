"""Runs with a cache, held against runs without one."""

import sqlite3
from pathlib import Path

import pytest

from skill_lint.cache import location
from skill_lint.cli.main import main

CACHE = "../home/.cache/skill-lint/results"
"""Seen from the working directory, which the tests fill."""
SKILL = """---
name: {name}
description: Does {name}. Use when testing.
---

# Title

See [a guide](references/guide.md), [its part](references/guide.md#part),
[{other}](../{other}/SKILL.md) and `references/table.md`. <!-- skill-lint: allow broken-link -->
"""
Capture = pytest.CaptureFixture[bytes]


def lint(capfdbinary: Capture, *words: str) -> tuple[bytes, int]:
    code = main(["check", *words])
    return capfdbinary.readouterr().out, code


def same_with_and_without(capfdbinary: Capture, *words: str) -> None:
    cached = lint(capfdbinary, *words)
    assert cached == lint(capfdbinary, "--no-cache", *words)


def kept() -> dict[str, bytes]:
    with sqlite3.connect(Path(CACHE, location.FILE)) as connection:
        return dict(connection.execute("SELECT key, value FROM entries").fetchall())


def rewrite(name: str, old: str, new: str) -> None:
    path = Path("skills", name, "SKILL.md")
    text = path.read_text()
    assert old in text
    path.write_text(text.replace(old, new))
