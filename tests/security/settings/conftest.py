"""What the attacks on files of settings share: who reads each, and what a refusal is."""

import resource
import time
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path

import pytest

from tests.security.conftest import GOOD, Lint, Ran

Make = Callable[[Mapping[str, str | bytes]], Path]
MARK = "hunter2-is-my-word"
PATIENCE = 15.0
"""Seconds; the machine of a test may be busy."""
COMMANDS = {
    ".skill-lint.yaml": ["check"],
    "skill-lint.toml": ["check"],
    "pyproject.toml": ["check"],
    ".skill-lint-baseline.json": ["check"],
    "skill-lint-models.yaml": ["models"],
}
"""What reads each file that is found by its name."""
OPTIONS = {
    "--config": ["check", "--config"],
    "--config toml": ["check", "--config"],
    "--baseline": ["check", "--baseline"],
    "score --config": ["score", "--config"],
    "graph --config": ["graph", "--config"],
}
"""What reads a file that the person names."""


@pytest.fixture(autouse=True)
def bounded_memory() -> Iterator[None]:
    """The commands inherit the limit: a bomb must not take the machine with it."""
    soft, hard = resource.getrlimit(resource.RLIMIT_AS)
    resource.setrlimit(resource.RLIMIT_AS, (4_000_000_000, hard))
    yield
    resource.setrlimit(resource.RLIMIT_AS, (soft, hard))


@pytest.fixture
def checkout(repository: Make) -> Path:
    return repository({"good/SKILL.md": GOOD.format(name="good")})


def refused(lint: Lint, folder: Path, *words: str) -> Ran:
    """Run a command that must end at once, with exit code 2, a message, and no secret."""
    began = time.monotonic()
    ran = lint(folder, *words)
    assert time.monotonic() - began < PATIENCE
    assert ran.code == 2, ran
    assert ran.err.count("\n") == 1, "one line"
    assert MARK not in ran.said
    assert len(ran.err) < 1_000
    return ran
