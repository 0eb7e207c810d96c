"""Input that no author means: each is a clear finding or nothing, and never a traceback or a hang.

Every case stands in a collection beside a sound skill, which must still be linted.
"""

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


@pytest.mark.parametrize("name", [name for name, each in CASES.items() if not each.is_large])
def test_case(name: str, tmp_path: Path, session: Session) -> None:
    judge.read(CASES[name], tmp_path, session, judge.QUICK)


@pytest.mark.slow
@pytest.mark.parametrize("name", CASES)
def test_case_in_every_command(name: str, tmp_path: Path, session: Session) -> None:
    judge.read(CASES[name], tmp_path / "read", session, judge.READING)
    if not CASES[name].meanwhile:
        judge.mend(CASES[name], tmp_path / "mend", session)
