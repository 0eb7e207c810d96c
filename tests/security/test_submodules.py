"""A commit moves a submodule on, of which pre-commit says nothing to a hook."""

from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import pytest

from tests.security.conftest import BROKEN, GOOD, Lint, git, write

Make = Callable[[Mapping[str, str]], Path]
FIXABLE = GOOD.format(name="evil") + "\n[a](references\\a.md)\n"
OWNING = ("check", "--owning-skills", "--no-cache")


def commit(folder: Path) -> None:
    git(folder, "add", "--all")
    git(folder, "commit", "--quiet", "--message=Change")


@pytest.fixture
def checkout(repository: Make, tmp_path: Path) -> Path:
    """A checkout with a submodule `sub`, whose skill `old` has an error that nobody changes."""
    inner = write(tmp_path / "inner", {"skills/old/SKILL.md": BROKEN.format(name="old")})
    git(inner, "init", "--quiet")
    commit(inner)
    folder = repository({"skills/a/SKILL.md": GOOD.format(name="a")})
    words = ("-c", "protocol.file.allow=always", "submodule", "--quiet", "add")
    git(folder, *words, str(inner), "sub")
    return folder


def test_a_new_submodule_brings_a_skill(checkout: Path, lint: Lint) -> None:
    ran = lint(checkout, *OWNING)
    assert (ran.code, "sub/skills/old" in ran.out) == (1, True), ran.said


def test_the_first_commit_brings_a_submodule(checkout: Path, lint: Lint) -> None:
    git(checkout, "update-ref", "-d", "HEAD")
    assert lint(checkout, *OWNING).code == 1


SETTINGS: list[dict[str, str]] = [
    {}, {"diff.ignoreSubmodules": "all"}, {"submodule.sub.ignore": "all"},
    {"submodule.sub.active": "false"},
]  # fmt: skip


@pytest.mark.parametrize("is_range", [False, True], ids=["commit", "push"])
@pytest.mark.parametrize("settings", SETTINGS, ids=str)
def test_a_submodule_is_moved_on(
    settings: dict[str, str], checkout: Path, lint: Lint, *, is_range: bool
) -> None:
    commit(checkout)
    write(checkout / "sub", {"skills/evil/SKILL.md": BROKEN.format(name="evil")})
    commit(checkout / "sub")
    for name, value in settings.items():
        git(checkout, "config", name, value)
        git(checkout, "config", "--file", ".gitmodules", name, value)
    git(checkout, "update-index", "--add", "sub")
    given: dict[str, Any] = {}
    if is_range:
        git(checkout, "commit", "--quiet", "--allow-empty", "--message=Move")
        given = {"PRE_COMMIT_FROM_REF": "HEAD~1", "PRE_COMMIT_TO_REF": "HEAD"}
    ran = lint(checkout, *OWNING, "--output-format=concise", **given)
    assert (ran.code, "sub/skills/evil" in ran.out) == (1, True), ran.said
    assert "1 skill linted" in ran.out


def test_a_submodule_is_not_checked_out(checkout: Path, lint: Lint) -> None:
    head = git(checkout, "rev-parse", "HEAD")
    git(checkout, "update-index", "--add", "--cacheinfo", f"160000,{head},skills/evil")
    assert "skipped skills/evil: a submodule" in lint(checkout, *OWNING).out


def test_a_fix_in_a_submodule_makes_the_hook_pass(checkout: Path, lint: Lint) -> None:
    """The commit would have the submodule as it was."""
    commit(checkout)
    write(checkout / "sub", {"skills/evil/SKILL.md": FIXABLE, "skills/evil/references/a.md": "x"})
    commit(checkout / "sub")
    git(checkout, "add", "sub")
    ran = lint(checkout, *OWNING, "--fix", "--fail-on=warning")
    assert ran.code == 1, ran.said
    file = checkout / "sub/skills/evil/SKILL.md"
    assert file.read_text() == FIXABLE
    lint(checkout / "sub", "check", "--fix", "skills/evil")
    assert file.read_text() != FIXABLE


def test_honest_submodules_that_stay(checkout: Path, lint: Lint) -> None:
    """Guards honest use: a submodule that does not change is none of a hook's business."""
    commit(checkout)
    write(checkout, {"README.md": "text\n"})
    git(checkout, "add", "--all")
    ran = lint(checkout, *OWNING, "README.md")
    assert (ran.code, ran.said) == (0, "")
    write(checkout, {".skill-lint.yaml": "exclude: [sub]\n"})
    write(checkout / "sub", {"skills/evil/SKILL.md": BROKEN.format(name="evil")})
    commit(checkout / "sub")
    git(checkout, "add", "sub")
    assert lint(checkout, *OWNING).code == 0
