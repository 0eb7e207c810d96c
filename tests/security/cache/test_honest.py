"""What honest users do with the cache goes on working."""

import shutil
import time
from pathlib import Path

import pytest

from tests.security.cache.conftest import FILE, FORGED, NOT_USED, forge, own_cache
from tests.security.conftest import BROKEN, Lint, git, write

# What honest users do goes on working.


def is_replayed(lint: Lint, folder: Path, cache: Path, *words: str, given: str = "") -> bool:
    """Whether a second run prints what the first one has kept. `given` is the named folder."""
    first = lint(folder, *words, SKILL_LINT_CACHE_DIR=given)
    assert NOT_USED not in first.err
    if not (cache / FILE).exists():
        return False
    forge(cache)
    return lint(folder, *words, SKILL_LINT_CACHE_DIR=given).out == FORGED


def test_honest_the_default_is_the_users_own_cache(checkout: Path, home: Path, lint: Lint) -> None:
    assert is_replayed(lint, checkout, own_cache(home), "check")
    assert not git(checkout, "status", "--porcelain", "--ignored"), "nothing in the checkout"
    assert own_cache(home).stat().st_mode & 0o777 == 0o700
    assert (own_cache(home) / FILE).stat().st_mode & 0o777 == 0o600


def test_honest_a_folder_beside_the_checkout(checkout: Path, lint: Lint) -> None:
    """As the action names it, in the runner's folder for temporary files."""
    cache = checkout.parent / "temp" / "skill-lint-cache"
    assert is_replayed(lint, checkout, cache, "check", given=str(cache))


def test_honest_a_folder_that_was_restored(checkout: Path, lint: Lint) -> None:
    """actions/cache unpacks the folder: new inodes, new times."""
    cache = checkout.parent / "cache"
    first = lint(checkout, "check", SKILL_LINT_CACHE_DIR=str(cache))
    shutil.copytree(cache, checkout.parent / "copy")
    shutil.rmtree(cache)
    shutil.copytree(checkout.parent / "copy", cache, copy_function=shutil.copyfile)
    forge(cache)
    ran = lint(checkout, "check", SKILL_LINT_CACHE_DIR=str(cache))
    assert (first.code, ran.out, ran.err) == (1, FORGED, "")


def test_honest_an_empty_folder_such_as_a_volume(checkout: Path, lint: Lint) -> None:
    cache = checkout.parent / "volume"
    cache.mkdir(mode=0o777)
    assert is_replayed(lint, checkout, cache, "check", given=str(cache))


def test_honest_a_folder_behind_a_link_outside(checkout: Path, lint: Lint) -> None:
    disk = checkout.parent / "disk"
    disk.mkdir()
    (checkout.parent / "link").symlink_to(disk)
    given = str(checkout.parent / "link" / "cache")
    assert is_replayed(lint, checkout, disk / "cache", "check", given=given)


def test_honest_a_home_that_is_a_checkout(checkout: Path, home: Path, lint: Lint) -> None:
    git(home, "init", "--quiet")
    assert is_replayed(lint, checkout, own_cache(home), "check")
    named = home / "named"
    assert is_replayed(lint, checkout, named, "check", given=str(named))


def test_honest_skills_in_the_home_directory(home: Path, lint: Lint) -> None:
    write(home, {".claude/skills/bad/SKILL.md": BROKEN.format(name="bad")})
    time.sleep(2.1)
    assert is_replayed(lint, home, own_cache(home), "check", ".claude/skills")


def test_honest_a_worktree(checkout: Path, home: Path, lint: Lint) -> None:
    git(checkout, "worktree", "add", "--quiet", "../tree")
    time.sleep(2.1)
    assert is_replayed(lint, checkout.parent / "tree", own_cache(home), "check")


@pytest.mark.parametrize("home", ["/nonexistent", "", ".", "/proc", "/dev/null", "no/where"])
def test_honest_no_home_is_no_news(checkout: Path, lint: Lint, home: str) -> None:
    ran = lint(checkout, "check", HOME=home)
    assert (ran.code, ran.err) == (1, "")
    assert "broken-link" in ran.out
    assert not Path("/nonexistent").exists()
    assert not git(checkout, "status", "--porcelain", "--ignored")


def test_honest_a_relative_variable_is_ignored(checkout: Path, home: Path, lint: Lint) -> None:
    lint(checkout, "check", XDG_CACHE_HOME="cache")
    assert (own_cache(home) / FILE).exists()
    assert not (checkout / "cache").exists()
