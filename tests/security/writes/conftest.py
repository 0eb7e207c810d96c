"""What the attacks on files that the person names share: who writes each, and what must stay."""

from collections.abc import Callable, Mapping
from pathlib import Path

import pytest

from tests.security.conftest import BROKEN, git

Make = Callable[[Mapping[str, str | bytes]], Path]

OLD = b"precious\n" * 100
WRITERS = {
    "json": ["check", "--output", "json={}"],
    "sarif": ["check", "--output", "sarif={}"],
    "text": ["check", "--output", "text={}"],
    "the second of two": ["check", "--output", "text=first.txt", "--output", "markdown={}"],
    "report of fix": ["fix", "--output", "junit={}"],
    "baseline": ["baseline", "--update", "--baseline", "{}"],
    "badge": ["score", "--badge", "{}"],
    "graph": ["graph", "--output", "html={}"],
}
"""Each command that writes a file that the person names."""
REPORTS = {name: words for name, words in WRITERS.items() if name != "baseline"}


def into(words: list[str], path: object) -> list[str]:
    return [word.format(path) for word in words]


@pytest.fixture
def checkout(repository: Make) -> Path:
    return repository({"a/SKILL.md": BROKEN.format(name="a")})


@pytest.fixture
def victim(tmp_path: Path) -> Path:
    """A file outside of the checkout, which must stay as it is."""
    file = tmp_path / "outside" / "victim"
    file.parent.mkdir()
    # The baseline would be read first, so it is a valid one.
    file.write_text('{"version": 1, "entries": {}}\n')
    return file


def commit(checkout: Path) -> None:
    git(checkout, "add", "--all", "--force")
    git(checkout, "commit", "--quiet", "--message=More")


def unchanged(folder: Path, before: dict[str, bytes]) -> bool:
    return files(folder) == before


def files(folder: Path) -> dict[str, bytes]:
    """The content of each file, but for the cache."""
    return {
        str(path.relative_to(folder)): path.read_bytes()
        for path in folder.rglob("*")
        if path.is_file() and ".skill_lint_cache" not in path.parts
    }
