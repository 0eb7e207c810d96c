"""The start-up budget: what each kind of run may import. Imports are most of a short run's time."""

from pathlib import Path

import pytest

from tests.support.imports import PARSERS, imported

pytestmark = pytest.mark.smoke

SKILL = """---
name: a
description: Does a. Use when testing.
---

# A

- [x] and `y`
"""
SLOW = {
    *PARSERS, "argparse", "asyncio", "concurrent.futures", "dataclasses", "difflib", "email",
    "html.entities", "importlib.metadata", "inspect", "logging", "multiprocessing", "pathlib",
    "socket", "tempfile", "tomllib", "typing", "urllib.parse",
}  # fmt: skip
"""Modules that take a millisecond or more of the eleven that an empty Python takes."""


@pytest.fixture(autouse=True)
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    Path("a").mkdir()
    Path("a/SKILL.md").write_text(SKILL)


@pytest.mark.parametrize("word", ["--version", "--help"])
def test_what_needs_no_skill(word: str) -> None:
    found = imported([word])
    assert not found & SLOW
    assert {name for name in found if name.startswith("skill_lint.")} <= {
        "skill_lint.cli", "skill_lint.cli.commands", "skill_lint.cli.main",
    }  # fmt: skip


def test_explain() -> None:
    found = imported(["explain", "broken-link"])
    assert not found & SLOW
    assert {name for name in found if name.startswith("skill_lint.")} <= {
        "skill_lint.cli", "skill_lint.cli.commands", "skill_lint.cli.commands.explain",
        "skill_lint.cli.error", "skill_lint.cli.main", "skill_lint.cli.options",
        "skill_lint.cli.options.appearance", "skill_lint.lazy_regex", "skill_lint.reporters",
        "skill_lint.reporters.escape", "skill_lint.reporters.wrap",
    }  # fmt: skip


def test_a_run_again(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("SKILL_LINT_NO_CACHE")
    assert "skill_lint.engine.check" in imported([])
    found = imported([])
    assert not found & SLOW
    assert {name for name in found if name.startswith("skill_lint.")} <= {
        "skill_lint.cache", "skill_lint.cache.json_lines", "skill_lint.cache.runs",
        "skill_lint.cache.database", "skill_lint.cache.version_key", "skill_lint.cli",
        "skill_lint.cli.options", "skill_lint.cli.options.cache", "skill_lint.cli.options.names",
        "skill_lint.cli.options.appearance", "skill_lint.filesystem",
        "skill_lint.cli.commands", "skill_lint.cli.main", "skill_lint.cache.session",
        "skill_lint.cache.location", "skill_lint.cli.error", "skill_lint.filesystem.paths",
        "skill_lint.filesystem.status", "skill_lint.filesystem.snapshot",
    }  # fmt: skip


def test_one_skill() -> None:
    found = imported(["a", "--isolated"])
    assert "skill_lint.engine.check" in found
    assert not found & {
        *PARSERS, "asyncio", "concurrent.futures", "difflib", "email", "hashlib", "html.entities",
        "importlib.metadata", "logging", "multiprocessing", "pkgutil", "shutil", "socket",
        "subprocess", "tempfile", "textwrap", "tomllib", "tqdm", "traceback",
    }  # fmt: skip
