"""What the tests share."""

from pathlib import Path

import pytest

from tests.corpus import unpacked


@pytest.fixture(scope="session")
def corpus(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of real skills; tests that ask for it are skipped without it."""
    return unpacked(tmp_path_factory.mktemp("corpus"))
