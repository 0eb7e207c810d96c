"""Attacks by the contents of a repository, through the real command.

Each test is named by what it tries, and fails if the attack succeeds. The tests import nothing of
skill-lint: `SKILL_LINT_TREE` names the checkout under test, so that the same attacks can be run
against any revision (`benchmarks/doors.py`).
"""

import os
import subprocess
import sys
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import NamedTuple, Protocol

import pytest

TREE = Path(os.environ.get("SKILL_LINT_TREE") or Path(__file__).parents[2]).resolve()
"""The checkout under test; its action is `TREE / "action.yml"`."""
PATIENCE = 60
"""Seconds after which a command counts as hanging."""

GOOD = """---
name: {name}
description: Fills in PDF forms and reads their fields. Use when a person asks to fill in a form.
---

# {name}

## When to Use

When a person asks to fill in a PDF form.

## Overview

It reads the fields of a form and writes their values.

## Quick Start

Read the form, ask for the values, write them.
"""
"""A SKILL.md for the folder `name`, without an error."""
BROKEN = GOOD + "\n[x](gone.md)\n"
"""The same with an error: `broken-link`."""


_seen: set[tuple[str, str]] = set()


def pytest_itemcollected(item: pytest.Function) -> None:
    """Leave one case of each attack in the default tier; the others are `long`."""
    attack = (item.nodeid.partition("::")[0], item.originalname)
    item.add_marker("long" if attack in _seen else "slow")
    _seen.add(attack)


class Ran(NamedTuple):
    code: int
    out: str
    err: str

    @property
    def said(self) -> str:
        return self.out + self.err


class Lint(Protocol):
    """Runs `skill-lint` in a folder. Keyword arguments are variables of the environment."""

    def __call__(self, folder: Path, *words: str, stdin: bytes = b"", **variables: str) -> Ran: ...


@pytest.fixture
def home(tmp_path: Path) -> Path:
    """The home directory of whoever runs the command; it is empty."""
    folder = tmp_path / "home"
    folder.mkdir()
    return folder


@pytest.fixture
def environment(home: Path) -> dict[str, str]:
    """The variables of the command: a clean environment with a home of its own."""
    return {
        "PATH": os.environ["PATH"],
        "HOME": str(home),
        "PYTHONPATH": str(TREE),
        "PYTHONDONTWRITEBYTECODE": "1",
        "LC_ALL": "C.UTF-8",
        # So that no line of a report is wrapped.
        "COLUMNS": "1000",
        "GIT_CONFIG_NOSYSTEM": "1",
    }


@pytest.fixture
def lint(environment: dict[str, str]) -> Lint:
    def run(folder: Path, *words: str, stdin: bytes = b"", **variables: str) -> Ran:
        # `-P`, because `-m` alone imports modules from the working directory, which an attacker
        # fills; the installed command does not.
        done = subprocess.run(
            [sys.executable, "-P", "-m", "skill_lint", *words],
            cwd=folder, env={**environment, **variables}, input=stdin,
            capture_output=True, check=False, timeout=PATIENCE,
        )  # fmt: skip
        out, err = (each.decode("utf-8", "replace") for each in (done.stdout, done.stderr))
        assert "Traceback" not in err, err
        return Ran(done.returncode, out, err)

    return run


def write(folder: Path, files: Mapping[str, str | bytes]) -> Path:
    """Write files below a folder, by their names."""
    for name, content in files.items():
        file = folder / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(content if isinstance(content, bytes) else content.encode())
    return folder


def git(folder: Path, *words: str) -> str:
    """The output of git in a repository of the test, whoever has configured git here."""
    names = ("user.name=Test", "user.email=test@example.com", "commit.gpgsign=false")
    settings = [word for name in names for word in ("-c", name)]
    variables = {"PATH": os.environ["PATH"], "GIT_CONFIG_NOSYSTEM": "1", "HOME": str(folder)}
    done = subprocess.run(
        ["git", *settings, *words], cwd=folder, env=variables, capture_output=True, check=True
    )
    return done.stdout.decode("utf-8", "surrogateescape").strip()


@pytest.fixture
def repository(tmp_path: Path) -> Callable[[Mapping[str, str | bytes]], Path]:
    """Makes a git repository with these files in its only commit."""

    def make(files: Mapping[str, str | bytes]) -> Path:
        folder = tmp_path / "checkout"
        folder.mkdir()
        git(folder, "init", "--quiet", "--initial-branch=main")
        write(folder, files)
        git(folder, "add", "--all")
        git(folder, "commit", "--quiet", "--allow-empty", "--message=All")
        return folder

    return make
