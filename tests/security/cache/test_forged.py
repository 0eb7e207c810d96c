"""Attacks by results that nobody found."""

import os
import time
from pathlib import Path

import pytest

from tests.security.cache.conftest import (
    FILE,
    FORGED,
    IN_CHECKOUT,
    NOT_USED,
    forge,
    forged,
    own_cache,
)
from tests.security.conftest import BROKEN, GOOD, Lint, git, write


def test_the_setting_forges_what_a_run_replays(checkout: Path, lint: Lint) -> None:
    """A guard: in a folder that the person named and filled, the forgery works."""
    folder = forged(lint, checkout, checkout.parent / "theirs")
    ran = lint(checkout, "check", SKILL_LINT_CACHE_DIR=str(folder))
    assert (ran.code, ran.out) == (0, FORGED)


@pytest.mark.parametrize("is_tracked", [True, False], ids=["committed", "in an archive"])
@pytest.mark.parametrize("words", [[], ["bad"], ["--output-format", "json"], ["-q"]])
def test_a_forged_cache_in_the_checkout_passes(
    checkout: Path, lint: Lint, words: list[str], is_tracked: bool
) -> None:
    forged(lint, checkout, checkout / IN_CHECKOUT, *words)
    if is_tracked:
        git(checkout, "add", "--all", "--force")
        git(checkout, "commit", "--quiet", "--message=Cache")
    ran = lint(checkout, "check", *words)
    assert ran.code == 1
    assert FORGED not in ran.said


@pytest.mark.parametrize("place", [IN_CHECKOUT, ".cache/x", ".git/cache", "bad/c", "bad/../c"])
@pytest.mark.parametrize("how", ["option", "variable", "absolute", "from below"])
def test_a_forged_cache_in_the_checkout_that_the_person_names_passes(
    checkout: Path, lint: Lint, place: str, how: str
) -> None:
    """CI configurations name such folders, and the attacker reads them."""
    folder = checkout / "bad" if how == "from below" else checkout
    given = {"absolute": str(checkout / place), "from below": f"../{place}"}.get(how, place)
    words = ["check"] if how == "variable" else ["check", "--cache-dir", given]
    cache = given if how == "variable" else ""
    lint(folder, *words, SKILL_LINT_CACHE_DIR=cache)
    if (checkout / place / FILE).exists():
        forge(checkout / place)
    ran = lint(folder, *words, SKILL_LINT_CACHE_DIR=cache)
    assert ran.code == 1
    assert FORGED not in ran.said
    assert ran.err.count(NOT_USED) == 1
    assert "outside" in ran.err
    assert not (checkout / place / FILE).exists()


def test_a_cache_in_an_archive_that_the_person_names_passes(tmp_path: Path, lint: Lint) -> None:
    """No checkout: an unpacked archive."""
    folder = write(tmp_path / "archive", {"bad/SKILL.md": BROKEN.format(name="bad")})
    time.sleep(2.1)
    words = ["check", "--cache-dir", "cache"]
    lint(folder, *words)
    if (folder / "cache" / FILE).exists():
        forge(folder / "cache")
    ran = lint(folder, *words)
    assert ran.code == 1
    assert NOT_USED in ran.err


def test_the_cache_of_an_outer_checkout_passes(checkout: Path, lint: Lint) -> None:
    """A submodule's run, with the cache in the project around it."""
    inner = write(checkout / "inner", {"bad/SKILL.md": BROKEN.format(name="bad")})
    git(inner, "init", "--quiet")
    time.sleep(2.1)
    words = ["check", "--cache-dir", "../cache"]
    lint(inner, *words)
    if (checkout / "cache" / FILE).exists():
        forge(checkout / "cache")
    assert lint(inner, *words).code == 1


@pytest.mark.parametrize("link", ["cache", "deep/cache"])
@pytest.mark.parametrize("given", ["{link}", "{link}/below", "{link}/../sibling"])
def test_a_link_in_the_checkout_leads_the_cache_out(
    checkout: Path, lint: Lint, link: str, given: str
) -> None:
    target = checkout.parent / "elsewhere" / "target"
    target.mkdir(parents=True)
    (checkout / link).parent.mkdir(exist_ok=True)
    (checkout / link).symlink_to(target)
    ran = lint(checkout, "check", "--cache-dir", given.format(link=link))
    assert ran.code == 1
    assert NOT_USED in ran.err
    assert not [*target.parent.rglob("*.sqlite"), *target.parent.rglob("CACHEDIR.TAG")]


@pytest.mark.parametrize("kind", ["link", "dangling link", "file", "pipe"])
def test_a_default_cache_that_is_something_else_is_written(
    checkout: Path, lint: Lint, kind: str
) -> None:
    """In the place of the cache in the checkout lies a link out of it."""
    place, target = checkout / IN_CHECKOUT, checkout.parent / "target"
    if kind == "link":
        target.mkdir()
        place.symlink_to(target)
    elif kind == "dangling link":
        place.symlink_to(target)
    elif kind == "file":
        place.write_text("")
    else:
        os.mkfifo(place)
    assert lint(checkout, "check").code == 1
    assert lint(checkout, "cache", "clean").code == 0
    assert not target.is_dir() or not list(target.iterdir())
    assert os.path.lexists(place)


def plant(file: Path, how: str, target: Path) -> None:
    """Replace the database by something else."""
    data = file.read_bytes()
    file.unlink()
    if how == "a link":
        target.write_bytes(data)
        file.symlink_to(target)
    elif how == "a dangling link":
        file.symlink_to(target)
    elif how == "a hard link":
        target.write_bytes(data)
        os.link(target, file)
    elif how == "a pipe":
        os.mkfifo(file)
    elif how == "a folder":
        file.mkdir()
    elif how == "a device":
        file.symlink_to("/dev/zero")
    elif how == "a huge file":
        file.touch()
        os.truncate(file, 1 << 42)
    else:
        file.write_bytes(data)
        beside = file.with_name(f"{FILE}-{how.rpartition(' ')[2]}")
        if how.startswith("a link beside"):
            beside.symlink_to(target)
        else:
            beside.write_text("x")


PLANTED = [
    "a link", "a dangling link", "a hard link", "a pipe", "a folder", "a device", "a huge file",
    "a file beside it: journal", "a file beside it: wal", "a file beside it: shm",
    "a link beside it: journal", "a link beside it: wal",
]  # fmt: skip


@pytest.mark.parametrize("named", [False, True], ids=["default", "named"])
@pytest.mark.parametrize("how", PLANTED)
def test_a_file_of_the_cache_that_is_none_is_followed(
    checkout: Path, home: Path, lint: Lint, how: str, named: bool
) -> None:
    folder = checkout.parent / "named" if named else own_cache(home)
    given = str(folder) if named else ""
    expected = lint(checkout, "check", SKILL_LINT_NO_CACHE="1")
    lint(checkout, "check", SKILL_LINT_CACHE_DIR=str(folder))
    target = checkout.parent / "target"
    plant(folder / FILE, how, target)
    before = target.read_bytes() if target.exists() else None
    ran = lint(checkout, "check", SKILL_LINT_CACHE_DIR=given)
    assert (ran.code, ran.out) == (expected.code, expected.out)
    assert ran.err.count(NOT_USED) == 1, "one line says so"
    assert ("cache clean" in ran.err) or ("--cache-dir" in ran.err), "and what to do"
    assert (target.read_bytes() if target.exists() else None) == before


@pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid() != 0, reason="only root has others")
@pytest.mark.parametrize("part", ["", FILE, "CACHEDIR.TAG"])
def test_the_cache_of_another_user_is_trusted(checkout: Path, lint: Lint, part: str) -> None:
    folder = forged(lint, checkout, checkout.parent / "shared")
    os.chown(folder / part, 12_345, 12_345)
    ran = lint(checkout, "check", SKILL_LINT_CACHE_DIR=str(folder))
    assert ran.code == 1
    assert f"{NOT_USED}: " in ran.err
    assert "another user" in ran.err


@pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid() != 0, reason="only root has others")
@pytest.mark.parametrize("part", ["the folder", "the file", "above"])
@pytest.mark.parametrize("group", ["another", "own"])
def test_another_group_fills_the_cache(checkout: Path, lint: Lint, part: str, group: str) -> None:
    folder = forged(lint, checkout, checkout.parent / "above" / "cache")
    shared = {"the folder": folder, "the file": folder / FILE, "above": folder.parent}[part]
    os.chown(shared, 0, 12_345 if group == "another" else os.getegid())
    shared.chmod(0o660 if part == "the file" else 0o770)
    ran = lint(checkout, "check", SKILL_LINT_CACHE_DIR=str(folder))
    if group == "own":  # Honest use: many systems make a group for each user.
        assert (ran.code, ran.err) == (0, "")
        return
    assert ran.code == 1
    assert f"{NOT_USED}: {folder}: users of another group may " in ran.err


@pytest.mark.parametrize("inside", ["HOME", "XDG_CACHE_HOME"])
def test_a_home_in_the_checkout_holds_a_forged_cache(
    checkout: Path, home: Path, lint: Lint, inside: str
) -> None:
    """Some CI systems set it so. It is not used, and nobody asked for it: no line."""
    place = checkout / "h"
    below = ".cache/skill-lint/results" if inside == "HOME" else "skill-lint/results"
    forged(lint, checkout, place / below)
    base = str(place) if inside == "XDG_CACHE_HOME" else ""
    own = str(home if base else place)
    ran = lint(checkout, "check", HOME=own, XDG_CACHE_HOME=base)
    assert (ran.code, ran.err) == (1, "")
    info = lint(checkout, "cache", "info", HOME=own, XDG_CACHE_HOME=base)
    assert info.code == 2
    assert "outside of it" in info.err


@pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid() != 0, reason="only root has others")
@pytest.mark.parametrize("how", ["theirs", "everybody's", "behind their link"])
def test_another_user_may_replace_the_folder_of_the_cache(
    checkout: Path, lint: Lint, how: str
) -> None:
    above = checkout.parent / "above"
    folder = forged(lint, checkout, above / "cache")
    if how == "theirs":
        os.chown(above, 12_345, 12_345)
    elif how == "everybody's":
        above.chmod(0o777)
    else:
        link = checkout.parent / "link"
        link.symlink_to(above)
        os.lchown(link, 12_345, 12_345)
        folder = link / "cache"
    ran = lint(checkout, "check", SKILL_LINT_CACHE_DIR=str(folder))
    assert ran.code == 1
    assert f"{NOT_USED}: " in ran.err


def test_a_run_is_replayed_though_its_search_ends_elsewhere(
    checkout: Path, home: Path, lint: Lint
) -> None:
    """What ends the search for a configuration changes, while no file that was read does."""
    write(home, {".skill-lint.yaml": "fail-on: info\n", "work/a/SKILL.md": GOOD.format(name="a")})
    os.chown(home, 12_345, 12_345)
    time.sleep(2.1)
    kept = str(checkout.parent / "kept")
    assert [lint(home / "work", "check", SKILL_LINT_CACHE_DIR=kept).code for _ in range(2)] == [
        0,
        0,
    ]
    git(home, "init", "--quiet")
    assert lint(home / "work", "check", SKILL_LINT_CACHE_DIR=kept).code == 1
