"""Where the cache is, who sees it, and the command that shows and deletes it."""

import subprocess
from pathlib import Path

import pytest

from skill_lint.cache import location
from skill_lint.cli.main import main
from tests.support.cached import CACHE, Capture, lint, same_with_and_without


def test_a_run_from_another_place_shows_its_own_paths(
    capfdbinary: Capture, monkeypatch: pytest.MonkeyPatch
) -> None:
    subprocess.run(["git", "init", "-q"], check=True)
    lint(capfdbinary)
    monkeypatch.chdir("skills")
    same_with_and_without(capfdbinary)


def test_git_does_not_see_it(capfdbinary: Capture) -> None:
    subprocess.run(["git", "init", "-q"], check=True)
    before = subprocess.check_output(["git", "status", "--porcelain", "-uall"])
    lint(capfdbinary)
    assert Path(CACHE, "CACHEDIR.TAG").read_text().startswith("Signature: 8a477f597d28d172789f06")
    assert subprocess.check_output(["git", "status", "--porcelain", "-uall"]) == before


def test_a_run_that_lints_nothing_leaves_nothing(capfdbinary: Capture) -> None:
    Path("empty").mkdir()
    assert main(["check", "empty"]) == 2
    assert main(["check", "--list-skills"]) == 0
    assert main(["check", "--diff"]) in (0, 1)
    assert not Path(CACHE).exists()


def test_where_it_is(capfdbinary: Capture, monkeypatch: pytest.MonkeyPatch) -> None:
    lint(capfdbinary, "--no-cache")
    assert not Path(CACHE).exists()
    monkeypatch.setenv("SKILL_LINT_CACHE_DIR", "../from-the-environment")
    lint(capfdbinary)
    lint(capfdbinary, "--cache-dir", "../given")
    assert Path("../from-the-environment", location.FILE).exists()
    assert Path("../given", location.FILE).exists()
    assert not Path(CACHE).exists()


@pytest.mark.smoke
def test_info_and_clean(capfdbinary: Capture) -> None:
    lint(capfdbinary)
    Path(CACHE, "someone-elses").write_text("")
    assert main(["cache", "info"]) == 0
    assert b"4 results, 0.0 MB" in capfdbinary.readouterr().out
    assert main(["cache", "clean"]) == 0
    assert b"deleted 4 results" in capfdbinary.readouterr().out
    left = sorted(path.name for path in Path(CACHE).iterdir())
    assert left == [location.TAG, "someone-elses"], "still known as a cache"
    Path(CACHE, "someone-elses").unlink()
    assert main(["cache", "clean"]) == 0
    assert not Path(CACHE).exists()
