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


NESTED = ["added", "moved-on", "in-a-new-one", "three-deep"]


@pytest.mark.parametrize("way", NESTED)
def test_a_submodule_of_a_submodule_is_not_checked_out(
    way: str, repository: Make, lint: Lint
) -> None:
    """`submodules: true` of actions/checkout gets those of the outermost checkout only."""
    folder = repository({"skills/a/SKILL.md": GOOD.format(name="a")})
    outer = folder / "skills/sub"
    if way != "in-a-new-one":
        checkout(outer, inner=way == "moved-on")
        save(folder)
    git(folder, "checkout", "--quiet", "-b", "change")
    if way == "in-a-new-one":
        checkout(outer, inner=False)
    if way == "three-deep":
        checkout(outer / "middle", inner=False)
        outer = outer / "middle"
    gitlink(outer, git(folder, "rev-parse", "HEAD"))
    for each in (outer, folder / "skills/sub", folder):
        save(each)
    ran = lint(folder, "check", ".", "--trusted-config", "main", "--strict-gate")
    assert f"not checked out: `{(outer / 'inner').relative_to(folder)}`" in ran.said, ran.said


def test_honest_submodules_that_the_owner_has_not_checked_out(repository: Make, lint: Lint) -> None:
    folder = repository({"skills/a/SKILL.md": GOOD.format(name="a")})
    checkout(folder / "skills/sub", inner=True)
    save(folder)
    git(folder, "checkout", "--quiet", "-b", "change")
    words = ("check", ".", "--trusted-config", "main", "--strict-gate")
    assert "not checked out" not in lint(folder, *words).said
    write(folder, {"skills/sub/README": "x"})
    for each in (folder / "skills/sub", folder):
        save(each)
    assert "not checked out" not in lint(folder, *words).said


def checkout(folder: Path, *, inner: bool) -> None:
    """A repository in another one, with a link to a commit of a third one that is not here."""
    write(folder, {"b/SKILL.md": GOOD.format(name="b")})
    git(folder, "init", "--quiet", "--initial-branch=main")
    save(folder)
    if inner:
        gitlink(folder, git(folder, "rev-parse", "HEAD"))
        save(folder)


def gitlink(folder: Path, revision: str) -> None:
    git(folder, "update-index", "--add", "--cacheinfo", f"160000,{revision},inner")
    (folder / "inner").mkdir(exist_ok=True)


def save(folder: Path) -> None:
    # What is not checked out is left as it is in the index.
    names = [each.name for each in folder.iterdir() if each.name not in (".git", "inner")]
    git(folder, "add", "--", *names)
    git(folder, "commit", "--quiet", "--allow-empty", "--message=Change")
