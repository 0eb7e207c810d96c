"""Texts that a change brings along, and that are not on the disk where it is linted."""

from collections.abc import Callable, Mapping
from pathlib import Path

import pytest

from tests.security.conftest import BROKEN, GOOD, Lint, git, write

Make = Callable[[Mapping[str, str | bytes]], Path]

ENCODED = "{} working-tree-encoding=UTF-7\n"
PLACES = {".gitattributes": "skills/evil/*.md", "skills/.gitattributes": "evil/SKILL.md",
          "skills/evil/.gitattributes": "*"}  # fmt: skip


def commit(folder: Path) -> None:
    git(folder, "add", "--all")
    git(folder, "commit", "--quiet", "--message=Change")


@pytest.mark.parametrize("new_only", [(), ("--new-only",)], ids=["all", "new"])
@pytest.mark.parametrize("way", ["deleted", "edited"])
@pytest.mark.parametrize("place", PLACES)
def test_a_text_is_decoded_after_it_was_linted(
    place: str, way: str, new_only: tuple[str, ...], repository: Make, lint: Lint
) -> None:
    folder = repository({"skills/a/SKILL.md": GOOD.format(name="a"),
                         "skills/evil/SKILL.md": BROKEN.format(name="evil")})  # fmt: skip
    write(folder, {place: ENCODED.format(PLACES[place])})
    commit(folder)
    (folder / place).unlink()
    if way == "edited":
        write(folder, {place: "# nothing\n"})
    commit(folder)
    words = ("check", ".", "--changed-since", "HEAD~1", "--no-cache", "--output-format=concise")
    ran = lint(folder, *words, *new_only)
    assert (ran.code, "broken-link" in ran.out) == (1, True), ran.said


def test_honest_attributes_of_other_kinds_change_no_skill(repository: Make, lint: Lint) -> None:
    folder = repository(
        {"skills/a/SKILL.md": BROKEN.format(name="a"), ".gitattributes": "* text\n"}
    )
    write(folder, {".gitattributes": "* text=auto\n*.png -text\n"})
    ran = lint(folder, "check", ".", "--changed-since", "HEAD", "--no-cache")
    assert "0 skills linted" in ran.out


@pytest.mark.parametrize("way", ["added", "moved-on"])
def test_a_submodule_that_is_not_checked_out_is_passed_over(
    way: str, repository: Make, lint: Lint, tmp_path: Path
) -> None:
    folder = repository({"skills/a/SKILL.md": GOOD.format(name="a")})
    head = git(folder, "rev-parse", "HEAD")
    git(folder, "update-index", "--add", "--cacheinfo", f"160000,{head},skills/old")
    git(folder, "commit", "--quiet", "--message=Old")
    words = ("check", ".", "--trusted-config", "main", "--strict-gate")
    git(folder, "checkout", "--quiet", "-b", "change")
    assert "not checked out" not in lint(folder, *words).said
    name = "skills/evil" if way == "added" else "skills/old"
    newer = git(folder, "rev-parse", "HEAD")
    git(folder, "update-index", "--add", "--cacheinfo", f"160000,{newer},{name}")
    git(folder, "commit", "--quiet", "--message=Evil")
    ran = lint(folder, *words)
    assert f"not checked out: `{name}`" in ran.said
