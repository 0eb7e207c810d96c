"""A change makes a folder a virtual environment, so that what lies in it is not read."""

from collections.abc import Callable, Mapping
from pathlib import Path

import pytest

from tests.security.conftest import GOOD, Lint, git, write

VENV = {"pyvenv.cfg": "home = /usr/bin\nversion = 3.12\n", "bin/python": ""}
OWN = "skills/evil/references"
NEW = {"hidden.md": "key = AKIAIOSFODNN7EXAMPLQ\n"}


@pytest.fixture
def referring(repository: Callable[[Mapping[str, str]], Path]) -> Path:
    """A skill with a folder of references, which the owner's branch `main` has."""
    text = GOOD.format(name="evil") + "\nSee `references`.\n"
    return repository(
        {
            "good/SKILL.md": GOOD.format(name="good"),
            "skills/evil/SKILL.md": text,
            f"{OWN}/x.md": "# X\n",
        }
    )


def committed(folder: Path, files: dict[str, str]) -> None:
    write(folder, files)
    git(folder, "add", "--all", "--force")
    git(folder, "commit", "--quiet", "--message=Change")


def below(place: str, files: dict[str, str]) -> dict[str, str]:
    return {f"{place}/{name}": text for name, text in files.items()}


WAYS = {
    "folder": ["skills/evil"],
    "file": ["skills/evil/SKILL.md"],
    "file below": ["skills/evil/references/hidden.md"],
    "hook": ["--owning-skills", "skills/evil/SKILL.md"],
    "editor": ["-", "--stdin-filename", "skills/evil/references/hidden.md"],
    "changed": ["skills/evil/SKILL.md", "--changed-since", "main"],
    "link": ["link/evil/SKILL.md"],
    "new link": ["new/evil/SKILL.md"],
}


@pytest.mark.parametrize("way", WAYS)
def test_a_change_makes_an_environment_in_a_skill_that_is_named_from_below(
    way: str, referring: Path, lint: Lint
) -> None:
    (referring / "link").symlink_to("skills")
    committed(referring, {})
    git(referring, "checkout", "--quiet", "-b", "change")
    (referring / "new").symlink_to("skills")
    committed(referring, below(OWN, {**VENV, **NEW}))
    words = ("check", *WAYS[way], "--trusted-config", "main")
    ran = lint(referring, *words, stdin=NEW["hidden.md"].encode())
    assert (ran.code, "leaked-secret" in ran.out) == (1, True), ran.said


@pytest.mark.parametrize("file", VENV)
def test_a_change_completes_what_was_no_environment(file: str, referring: Path, lint: Lint) -> None:
    """An earlier change, which hid nothing, has left half of it."""
    half = {**VENV, file: ""} if file == "pyvenv.cfg" else {"pyvenv.cfg": VENV["pyvenv.cfg"]}
    committed(referring, below(OWN, half))
    git(referring, "checkout", "--quiet", "-b", "change")
    committed(referring, below(OWN, {**VENV, **NEW}))
    for path in (".", "skills/evil/SKILL.md"):
        ran = lint(referring, "check", path, "--trusted-config", "main")
        assert (ran.code, "leaked-secret" in ran.out) == (1, True), ran.said


def test_a_link_of_a_change_completes_what_was_no_environment(referring: Path, lint: Lint) -> None:
    half = {f"{OWN}/pyvenv.cfg": VENV["pyvenv.cfg"], "tools/python": ""}
    committed(referring, half)
    git(referring, "checkout", "--quiet", "-b", "change")
    (referring / OWN / "bin").symlink_to("../../../tools")
    committed(referring, below(OWN, NEW))
    ran = lint(referring, "check", ".", "--trusted-config", "main")
    assert (ran.code, "leaked-secret" in ran.out) == (1, True), ran.said


def test_honest_environments_of_the_owner_stay_as_they_are(referring: Path, lint: Lint) -> None:
    committed(referring, below(OWN, {**VENV, **NEW}))
    git(referring, "checkout", "--quiet", "-b", "change")
    committed(referring, {"README": "x"})
    write(referring, below("skills/evil/scripts/.venv", {**VENV, **NEW}))
    for path in (".", "skills/evil/SKILL.md"):
        ran = lint(referring, "check", path, "--trusted-config", "main")
        assert ran.code == 0, ran.said


@pytest.mark.parametrize("merged", ["merge", "fast-forward"])
@pytest.mark.parametrize("path", [".", "skills/evil/SKILL.md"])
def test_a_commit_in_the_history_of_the_base_had_the_environment(
    merged: str, path: str, referring: Path, lint: Lint
) -> None:
    """The author of a change chooses the commit that it begins at."""
    git(referring, "checkout", "--quiet", "-b", "first")
    committed(referring, {**below(OWN, VENV), **below("skills", VENV)})
    git(referring, "branch", "begin")
    git(referring, "rm", "-rq", *below(OWN, VENV), *below("skills", VENV))
    committed(referring, {"README": "x"})
    git(referring, "checkout", "--quiet", "main")
    ways = {"merge": "--no-ff", "fast-forward": "--ff-only"}
    git(referring, "merge", "--quiet", ways[merged], "-m", "Merge", "first")
    git(referring, "checkout", "--quiet", "-b", "change", "begin")
    committed(referring, below(OWN, NEW))
    ran = lint(referring, "check", path, "--trusted-config", "main")
    assert (ran.code, "leaked-secret" in ran.out) == (1, True), ran.said
