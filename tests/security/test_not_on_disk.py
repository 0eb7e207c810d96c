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


STRICT = ("check", ".", "--trusted-config", "main", "--strict-gate", "--no-cache")


def link(folder: Path, name: str, target: str) -> None:
    (folder / name).parent.mkdir(parents=True, exist_ok=True)
    (folder / name).unlink(missing_ok=True)
    (folder / name).symlink_to(target)


@pytest.mark.parametrize("name", ["skills/evil", ".claude/skills/evil", ".agents", "x/y"])
@pytest.mark.parametrize("target", ["../node_modules/evil", "/opt/nothing/evil", "out", "empty"])
def test_a_new_link_leads_to_a_skill_that_is_not_here(
    target: str, name: str, repository: Make, lint: Lint, tmp_path: Path
) -> None:
    folder = repository({"skills/a/SKILL.md": GOOD.format(name="a")})
    git(folder, "checkout", "--quiet", "-b", "change")
    for each in ("out", "checkout/empty"):
        (tmp_path / each).mkdir()
    places = {"out": str(tmp_path / "out"), "empty": f"{'../' * name.count('/')}empty"}
    link(folder, name, places.get(target, target))
    commit(folder)
    ran = lint(folder, *STRICT)
    assert f"`{name}`" in " ".join(ran.said.split()), ran.said


@pytest.mark.parametrize("way", ["turned", "target-deleted", "in-a-submodule"])
def test_a_link_is_made_to_lead_to_what_is_not_here(
    way: str, repository: Make, lint: Lint, tmp_path: Path
) -> None:
    folder = repository({"skills/a/SKILL.md": GOOD.format(name="a"), "lib/b/x.md": "x\n"})
    link(folder, "skills/b", "../lib/b")
    commit(folder)
    git(folder, "checkout", "--quiet", "-b", "change")
    name = "skills/b"
    if way == "turned":
        link(folder, name, "../node_modules/evil")
    elif way == "target-deleted":
        git(folder, "rm", "-r", "--quiet", "lib")
    else:
        name = "sub/skills/evil"
        inner = write(tmp_path / "inner", {"x": ""})
        git(inner, "init", "--quiet")
        link(inner, "skills/evil", "../../node_modules/evil")
        commit(inner)
        words = ("-c", "protocol.file.allow=always", "submodule", "--quiet", "add")
        git(folder, *words, str(inner), "sub")
    commit(folder)
    ran = lint(folder, *STRICT)
    assert f"`{name}`" in " ".join(ran.said.split()), ran.said


@pytest.mark.parametrize(
    "words", [(".",), ("--owning-skills", "skills/evil"), (".", "--changed-since", "HEAD")]
)
def test_a_link_beside_skills_leads_nowhere(
    words: tuple[str, ...], repository: Make, lint: Lint
) -> None:
    folder = repository({"skills/a/SKILL.md": GOOD.format(name="a")})
    link(folder, "skills/evil", "../node_modules/evil")
    git(folder, "add", "--all")
    for _ in range(2):
        ran = lint(folder, "check", *words)
        assert (ran.code, "skipped skills/evil: a symbolic link" in ran.said) == (0, True), ran.said


def test_honest_links_of_the_owner_and_links_to_files(
    repository: Make, lint: Lint, tmp_path: Path
) -> None:
    """Guards honest use: links that the base has, and those that lead to what is linted."""
    folder = repository({"skills/a/SKILL.md": GOOD.format(name="a"), "docs/x.md": "x\n"})
    (tmp_path / "out").mkdir()
    for name, target in {"skills/old": "../gone", "out": str(tmp_path / "out")}.items():
        link(folder, name, target)
    commit(folder)
    git(folder, "checkout", "--quiet", "-b", "change")
    for name, target in {"way": "docs/x.md", ".agents/skills": "../skills", "d": "docs"}.items():
        link(folder, name, target)
    commit(folder)
    ran = lint(folder, *STRICT)
    assert (ran.code, "this change adds" in ran.said) == (0, False), ran.said
