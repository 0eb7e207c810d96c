"""Attacks by where things are: which git is asked, whose configuration it has, about what."""

import os
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import pytest

from tests.security.conftest import BROKEN, GOOD, Lint, git, write

Make = Callable[[Mapping[str, str | bytes]], Path]

CHANGED = ("check", ".", "--changed-since", "HEAD", "--no-cache", "--output-format=concise")


def made(folder: Path, files: Mapping[str, str]) -> Path:
    """A repository with one commit, on its branch `main` and on that of its origin."""
    folder.mkdir()
    git(folder, "init", "--quiet", "--initial-branch=main")
    write(folder, files)
    commit(folder)
    git(folder, "update-ref", "refs/remotes/origin/main", "HEAD")
    return folder


def commit(folder: Path) -> None:
    git(folder, "add", "--all")
    git(folder, "commit", "--quiet", "--message=Change")


def submodule(folder: Path, source: Path, name: str) -> None:
    words = ("-c", "protocol.file.allow=always", "submodule", "--quiet", "add")
    git(folder, *words, str(source), name)
    git(folder / name, "update-ref", "refs/remotes/origin/main", "HEAD")


def planted(folder: Path, marker: Path) -> str:
    """A `PATH` with a git of the checkout."""
    program = write(folder, {"bin/git": f"#!/bin/sh\ntouch {marker}\n"}) / "bin/git"
    program.chmod(0o755)
    return f"{program.parent}{os.pathsep}{os.environ['PATH']}"


@pytest.mark.parametrize("place", ["inner", "inner/a", "a"])
def test_git_is_taken_from_the_checkout_around(
    place: str, repository: Make, lint: Lint, tmp_path: Path
) -> None:
    folder = repository({"a/SKILL.md": GOOD.format(name="a")})
    made(folder / "inner", {"a/SKILL.md": GOOD.format(name="a")})
    path = planted(folder, tmp_path / "executed")
    assert lint(folder / place, *CHANGED, PATH=path).code == 0
    assert not (tmp_path / "executed").exists()


@pytest.mark.parametrize("words", [CHANGED, ("check", ".", "--no-cache"), ("migrate", ".")])
def test_git_is_taken_from_an_archive(words: tuple[str, ...], lint: Lint, tmp_path: Path) -> None:
    files = {"a/SKILL.md": GOOD.format(name="a"), ".skill-lint.yaml": "respect-gitignore: true\n",
             "a/metadata.json": '{"skill_id": "a/a", "version": "1.0.0"}'}  # fmt: skip
    folder = write(tmp_path / "archive", files)
    lint(folder, *words, PATH=planted(folder, tmp_path / "executed"))
    assert not (tmp_path / "executed").exists()


def test_honest_programs_of_the_home_directory_are_found(lint: Lint, home: Path) -> None:
    """The home directory is a checkout, and has another one in it."""
    git(home, "init", "--quiet")
    folder = made(home / "src", {"a/SKILL.md": GOOD.format(name="a")})
    real = next(each for each in os.environ["PATH"].split(os.pathsep)
                if Path(each, "git").is_file())  # fmt: skip
    write(home, {"bin/git": f'#!/bin/sh\ntouch {home}/used\nexec {real}/git "$@"\n'})
    (home / "bin/git").chmod(0o755)
    path = f"{home}/bin{os.pathsep}{os.environ['PATH']}"
    assert lint(folder, *CHANGED, PATH=path).code == 0
    assert (home / "used").exists()


VARIABLES = {
    "home": {"HOME": "{folder}"}, "home-below": {"HOME": "{folder}/h"}, "relative": {"HOME": "."},
    "xdg": {"XDG_CONFIG_HOME": "{folder}/x"},
    "global": {"GIT_CONFIG_GLOBAL": "{folder}/.gitconfig"},
    "system": {"GIT_CONFIG_SYSTEM": "{folder}/.gitconfig"},
}  # fmt: skip


@pytest.mark.parametrize("place", ["", "a"])
@pytest.mark.parametrize("way", VARIABLES)
def test_the_configuration_of_the_person_lies_in_the_checkout(
    way: str, place: str, repository: Make, lint: Lint, tmp_path: Path
) -> None:
    trace = f"[trace2]\n\teventTarget = {tmp_path}/trace\n\tnormalTarget = {tmp_path}/trace\n"
    folder = repository({"a/SKILL.md": GOOD.format(name="a")})
    files = {"all": "evil\n"}
    for name in (".gitconfig", "h/.gitconfig", "x/git/config"):
        files[name] = f"{trace}[core]\n\texcludesFile = {tmp_path}/checkout/all\n"
    for name in (".config/git/ignore", "h/.config/git/ignore", "x/git/ignore"):
        files[name] = "evil\n"
    write(folder, files)
    write(folder, {"a/evil/SKILL.md": BROKEN.format(name="evil")})
    given: dict[str, Any] = {
        name: value.format(folder=folder) for name, value in VARIABLES[way].items()
    }
    ran = lint(folder / place, *CHANGED, GIT_CONFIG_NOSYSTEM="0", **given)
    assert (ran.code, "broken-link" in ran.out) == (1, True), ran.said
    assert not (tmp_path / "trace").exists()


@pytest.mark.parametrize("place", ["", "skills"])
@pytest.mark.parametrize(
    "paths", [("vendor", "skills"), ("skills", "vendor"), ("vendor/v", "skills")]
)
def test_the_first_path_is_a_submodule_and_answers_for_the_others(
    paths: tuple[str, ...], place: str, repository: Make, lint: Lint, tmp_path: Path
) -> None:
    source = made(tmp_path / "source", {"v/SKILL.md": GOOD.format(name="v")})
    folder = repository({"skills/b/SKILL.md": GOOD.format(name="b")})
    submodule(folder, source, "vendor")
    commit(folder)
    git(folder, "update-ref", "refs/remotes/origin/main", "HEAD")
    write(folder, {"skills/b/SKILL.md": BROKEN.format(name="b")})
    commit(folder)
    given = [os.path.relpath(each, place or ".") for each in paths]
    words = ("--changed-since", "origin/main", "--no-cache", "--output-format=concise")
    ran = lint(folder / place, "check", *given, *words)
    assert (ran.code, "broken-link" in ran.out) == (1, True), ran.said


def test_a_checkout_beside_is_compared_as_well(repository: Make, lint: Lint) -> None:
    folder = repository({"skills/b/SKILL.md": GOOD.format(name="b")})
    inner = made(folder / "inner", {"v/SKILL.md": GOOD.format(name="v")})
    write(inner, {"v/SKILL.md": BROKEN.format(name="v")})
    for paths in (("skills", "inner"), ("inner", "skills")):
        ran = lint(folder, "check", *paths, *CHANGED[2:])
        assert (ran.code, "broken-link" in ran.out) == (1, True), ran.said


def test_honest_work_in_a_submodule_is_compared_with_its_own_branch(
    repository: Make, lint: Lint, tmp_path: Path
) -> None:
    source = made(tmp_path / "source", {"v/SKILL.md": GOOD.format(name="v")})
    folder = repository({"skills/b/SKILL.md": GOOD.format(name="b")})
    submodule(folder, source, "vendor")
    commit(folder)
    write(folder / "vendor", {"v/SKILL.md": BROKEN.format(name="v")})
    git(folder / "vendor", "tag", "only-here")
    ran = lint(folder / "vendor", "check", ".", "--changed-since", "only-here", "--no-cache")
    assert (ran.code, "broken-link" in ran.out) == (1, True), ran.said


def test_honest_submodules_of_a_trusted_checkout_have_its_owner(
    repository: Make, lint: Lint, tmp_path: Path
) -> None:
    source = made(tmp_path / "source", {"v/SKILL.md": GOOD.format(name="v")})
    folder = repository({"skills/b/SKILL.md": GOOD.format(name="b")})
    submodule(folder, source, "vendor")
    commit(folder)
    trust: dict[str, Any] = {"GIT_TEST_ASSUME_DIFFERENT_OWNER": "1", "GIT_CONFIG_COUNT": "1",
             "GIT_CONFIG_KEY_0": "safe.directory", "GIT_CONFIG_VALUE_0": str(folder)}  # fmt: skip
    for words in (CHANGED, ("check", ".", "--trusted-config", "main")):
        ran = lint(folder, *words, **trust)
        assert ran.code == 0, ran.said
    trust["GIT_CONFIG_VALUE_0"] = str(folder / "skills")
    assert lint(folder, *CHANGED, **trust).code == 2


@pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid() != 0, reason="only root can")
def test_a_checkout_of_another_owner_lies_in_a_trusted_one(repository: Make, lint: Lint) -> None:
    folder = repository({"skills/b/SKILL.md": GOOD.format(name="b")})
    inner = made(folder / "inner", {"v/SKILL.md": GOOD.format(name="v")})
    os.chown(inner / ".git", 1234, 1234)
    ran = lint(inner, *CHANGED)
    assert (ran.code, "dubious ownership" in ran.err) == (2, True), ran.said
