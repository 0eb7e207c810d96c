"""Input that no author means: each is a clear finding or nothing, and never a traceback or a hang.

Every case stands in a collection beside a sound skill, which must still be linted.
"""

import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.hostile import judge
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


@pytest.mark.parametrize("name", [name for name, each in CASES.items() if not each.is_large])
def test_case(name: str, folder: Path, session: Session) -> None:
    judge.read(CASES[name], folder, session, judge.QUICK)


@pytest.mark.slow
@pytest.mark.parametrize("name", CASES)
def test_case_in_every_command(name: str, folder: Path, session: Session) -> None:
    judge.read(CASES[name], folder / "read", session, judge.READING)
    if not CASES[name].meanwhile:
        judge.mend(CASES[name], folder / "mend", session)
