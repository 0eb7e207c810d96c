"""What the tests share."""

import os
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import settings

from tests.support.corpus import unpacked

# Each test lints anew; tests/cache/ alone has caches.
os.environ["SKILL_LINT_NO_CACHE"] = "1"
# Their asserts say as much as those of a test.
pytest.register_assert_rewrite("tests.hostile.judge", "tests.support.promises")

# What decides whether a change lands must not be a matter of luck.
settings.register_profile("ci", derandomize=True, deadline=None)
settings.register_profile("default", deadline=None)
settings.load_profile("ci" if os.environ.get("CI") else "default")


def pytest_itemcollected(item: pytest.Item) -> None:
    """Put into the quick tier what is in no slower one: `python -m pytest -m quick`."""
    if not any(item.iter_markers("slow")) and not any(item.iter_markers("long")):
        item.add_marker("quick")


@pytest.fixture
def inside(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> Callable[..., tuple[int, str]]:
    """Runs the command in this process and a folder of its own: its exit code, and what it says."""
    from skill_lint.cli.main import main
    from tests.support.models import environment

    monkeypatch.chdir(tmp_path)

    def run(*words: str, **variables: str) -> tuple[int, str]:
        wanted = environment(tmp_path, **variables)
        for name in {*os.environ} - wanted.keys():
            monkeypatch.delenv(name)
        for name, value in wanted.items():
            monkeypatch.setenv(name, value)
        code = main(words)
        return code, "".join(capfd.readouterr())

    return run


@pytest.fixture(scope="session")
def corpus(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of real skills; tests that ask for it are skipped without it."""
    return unpacked(tmp_path_factory.mktemp("corpus"))
