"""What the tests share."""

import os
from pathlib import Path

import pytest
from hypothesis import settings

from tests.corpus import unpacked

# Each test lints anew; tests/test_cache.py alone has caches.
os.environ["SKILL_LINT_NO_CACHE"] = "1"
# Their asserts say as much as those of a test.
pytest.register_assert_rewrite("tests.hostile.judge", "tests.promises")

# What decides whether a change lands must not be a matter of luck.
settings.register_profile("ci", derandomize=True, deadline=None)
settings.register_profile("default", deadline=None)
settings.load_profile("ci" if os.environ.get("CI") else "default")


@pytest.fixture(scope="session")
def corpus(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of real skills; tests that ask for it are skipped without it."""
    return unpacked(tmp_path_factory.mktemp("corpus"))
