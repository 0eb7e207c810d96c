"""Input that no author means: each is a clear finding or nothing, and never a traceback or a hang.

Every case stands in a collection beside a sound skill, which must still be linted.
"""

import re
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.hostile import judge, table
from tests.hostile.cases import CASES
from tests.hostile.session import Session


@pytest.fixture(scope="module")
def session() -> Iterator[Session]:
    session = Session()
    yield session
    session.close()


@pytest.fixture
def folder(tmp_path: Path) -> Iterator[Path]:
    """A folder that is gone afterwards; Python itself cannot remove the deepest ones."""
    yield tmp_path
    subprocess.run(["rm", "-rf", *tmp_path.iterdir()], check=True)


@pytest.mark.slow
@pytest.mark.parametrize("name", [name for name, each in CASES.items() if not each.is_large])
def test_case(name: str, folder: Path, session: Session) -> None:
    found = judge.read(CASES[name], folder, session, judge.QUICK)
    assert table.row(name, table.verdict(found)) in table.written().splitlines(), (
        "run: python -m tests.hostile"
    )


def test_the_page_lists_every_case() -> None:
    listed = re.findall(r"^\| ([a-z0-9.-]+) \|", table.written(), re.MULTILINE)
    assert [name for name in listed if name != "case"] == list(CASES)


@pytest.mark.slow
@pytest.mark.parametrize("name", CASES)
def test_case_in_every_command(name: str, folder: Path, session: Session) -> None:
    judge.read(CASES[name], folder / "read", session, judge.READING)
    if not CASES[name].meanwhile:
        judge.fix(CASES[name], folder / "fix", session)
