"""What the attacks on the cache share: a checkout with an error, and how a cache is forged."""

import hashlib
import json
import re
import shutil
import sqlite3
import time
from collections.abc import Callable, Mapping
from pathlib import Path

import pytest

from tests.security.conftest import BROKEN, TREE, Lint

Make = Callable[[Mapping[str, str | bytes]], Path]
FILE = next(
    (
        found[1]
        for module in sorted((TREE / "skill_lint" / "cache").glob("*.py"))
        if (found := re.search(r'^FILE = "(.*)"', module.read_text(), re.MULTILINE))
    ),
    "",  # Where the tests stand without a checkout, none of these is run.
)
"""The name of the database, which other revisions call otherwise."""
IN_CHECKOUT = ".skill_lint_cache"
NOT_USED = "the cache is not used"
FORGED = "NOTHING IS WRONG\n"
"""What a forged run prints."""


@pytest.fixture
def checkout(repository: Make) -> Path:
    """A checkout with an error, old enough that a cached run trusts its files."""
    folder = repository({"bad/SKILL.md": BROKEN.format(name="bad")})
    time.sleep(2.1)
    return folder


def own_cache(home: Path) -> Path:
    return home / ".cache" / "skill-lint" / "results"


def passed(text: str) -> list[object]:
    return [text, 0]


def forge(folder: Path) -> None:
    """Rewrite each kept run, so that it found nothing, and seal it anew."""
    with sqlite3.connect(folder / FILE) as connection:
        for key, sealed in connection.execute("SELECT key, value FROM entries").fetchall():
            lines = sealed[32:].split(b"\n")
            if len(lines) != 4:  # The entry of a skill, not of a run.
                continue
            lines[2] = json.dumps(passed(FORGED)).encode()
            value = b"\n".join(lines)
            seal = hashlib.blake2b(key.encode() + value, digest_size=16).hexdigest().encode()
            row = (seal + value, key)
            connection.execute("UPDATE entries SET value = ? WHERE key = ?", row)


def forged(lint: Lint, checkout: Path, into: Path, *words: str) -> Path:
    """A forged cache of a run in the checkout, made elsewhere and put into a folder."""
    workshop = checkout.parent / "workshop"
    assert lint(checkout, "check", *words, SKILL_LINT_CACHE_DIR=str(workshop)).code == 1
    forge(workshop)
    into.parent.mkdir(parents=True, exist_ok=True)
    shutil.copytree(workshop, into)
    return into
