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


MACRO = "[attr]x working-tree-encoding=UTF-7\n"
HIDDEN: dict[str, tuple[dict[str, str], dict[str, str | None], str]] = {
    # Way: the attributes at first, what changes of them, and the text that git has stored.
    "a macro": ({".gitattributes": MACRO, "skills/.gitattributes": "evil/SKILL.md x\n"},
                {"skills/.gitattributes": None}, "\n[x](gone.md)\n"),
    "a macro of a macro": ({".gitattributes": f"{MACRO}[attr]y x\n", "skills/.gitattributes":
                            "*.md y\n"}, {"skills/.gitattributes": "\n"}, "\n[x](gone.md)\n"),
    "a macro that goes": ({".gitattributes": MACRO, "skills/.gitattributes": "*.md x\n"},
                          {".gitattributes": None}, "\n[x](gone.md)\n"),
    "a keyword": ({"skills/.gitattributes": "*.md ident\n"}, {"skills/.gitattributes": None},
                  "\n$Id:[x](gone.md)$\n"),
    "a keyword of a macro": ({".gitattributes": "[attr]x ident\n",
                              "skills/.gitattributes": "*.md x\n"},
                             {"skills/.gitattributes": "*.md -x\n"}, "\n$Id:[x](gone.md)$\n"),
    "a text after a zero byte": ({"skills/.gitattributes": "# \0\n*.md -ident\n"},
                                 {"skills/.gitattributes": "# \n*.md -ident\n"},
                                 "\n[x](gone.md)\n"),
}  # fmt: skip


@pytest.mark.parametrize("sparse", [False, True], ids=["whole", "sparse"])
@pytest.mark.parametrize("way", HIDDEN)
def test_other_bytes_are_written_for_an_unchanged_blob(
    way: str, sparse: bool, repository: Make, lint: Lint, tmp_path: Path
) -> None:
    """The text that people get is not the one that was linted when it came."""
    attributes, changes, text = HIDDEN[way]
    evil = {"skills/evil/SKILL.md": GOOD.format(name="evil") + text}
    origin = repository({"skills/a/SKILL.md": GOOD.format(name="a"), **evil})
    for change in (attributes, changes):
        for name, changed in change.items():
            if changed is None:
                (origin / name).unlink()
            else:
                write(origin, {name: changed})
        # The others stay as they are: git would store them as it writes them.
        git(origin, "add", "--", *change)
        git(origin, "commit", "--quiet", "--allow-empty", "--message=Change")
    folder = tmp_path / "clone"
    git(tmp_path, "clone", "--quiet", "--no-checkout", str(origin), str(folder))
    if sparse:
        git(folder, "sparse-checkout", "set", "--no-cone", "SKILL.md")
    git(folder, "checkout", "--quiet", "main")
    words = ("check", ".", "--changed-since", "HEAD~1", "--no-cache", "--output-format=concise")
    ran = lint(folder, *words, "--new-only")
    assert (ran.code, "broken-link" in ran.out) == (1, True), ran.said


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("* text\n", "* text=auto\n*.png -text\n"),
        ("*.rc working-tree-encoding=UTF-16\n", "* text\n*.rc working-tree-encoding=UTF-16\n"),
        ("*.psd filter=lfs diff=lfs merge=lfs -text\n",
         "*.psd filter=lfs diff=lfs merge=lfs -text\n*.zip filter=lfs diff=lfs -text\n"),
        ("[attr]code text\n*.py code\n", "[attr]code text\n*.py code\n*.sh code\n"),
    ],
)  # fmt: skip
def test_honest_attributes_of_other_kinds_change_no_skill(
    before: str, after: str, repository: Make, lint: Lint
) -> None:
    folder = repository({"skills/a/SKILL.md": BROKEN.format(name="a"), ".gitattributes": before})
    write(folder, {".gitattributes": after})
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
