"""A stray file above the checkout takes everything below it over."""

import os
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.security.conftest import BROKEN, GOOD, Lint, git, write

STRAY = GOOD.format(name="stray") + "\n[x](gone.md)\n[ref]: ./no\\thing.md\n"
SILENT = {
    "SKILL.md": STRAY,
    ".skill-lint.yaml": "ignore: [all]\n",
    ".skill-lint-baseline.json": "no json",
    "skill-lint-models.yaml": "no: [models",
}
Make = Callable[..., Path]
as_root = pytest.mark.skipif(
    not hasattr(os, "geteuid") or os.geteuid() != 0, reason="needs to give files away"
)


def untouched(folder: Path) -> bool:
    """Whether the stray files are as they were, and nothing was added."""
    names = {each.name for each in folder.iterdir() if each.is_file()}
    return names == set(SILENT) and (folder / "SKILL.md").read_text() == STRAY


def tries(lint: Lint, folder: Path, name: str) -> None:
    """Lint a file that is in no skill, and skills, and fix them: what lies above has no say."""
    attempts: list[tuple[str, ...]] = [(name,), (name, "--fix", "--unsafe-fixes"), ("--fix", name)]
    for words in attempts:
        ran = lint(folder, *words)
        assert ran.code == 2, ran.said
        assert "belongs to no skill" in ran.err
    assert lint(folder, "-", "--stdin-filename", name, stdin=b"x").code == 2
    assert lint(folder, "--owning-skills", name).out == ""
    write(folder, {"s/SKILL.md": BROKEN.format(name="s")})
    for words in ((), ("--fix", "--unsafe-fixes"), ("s",), ("--owning-skills", "s/SKILL.md")):
        ran = lint(folder, *words)
        assert ran.code == 1, ran.said
        assert "broken-link" in ran.out
        assert "stray" not in ran.out
        assert "1 skill linted" in ran.out


def test_above_a_checkout(repository: Make, lint: Lint) -> None:
    folder = repository({"docs/a.md": "x\n"})
    write(folder.parent, SILENT)
    tries(lint, folder, "docs/a.md")
    assert untouched(folder.parent)


@pytest.mark.parametrize("below", ["docs", "a/b/c"])
def test_above_a_checkout_from_a_folder_in_it(repository: Make, lint: Lint, below: str) -> None:
    folder = repository({f"{below}/a.md": "x\n"})
    write(folder.parent, SILENT)
    tries(lint, folder / below, "a.md")
    assert untouched(folder.parent)


def test_above_a_worktree(repository: Make, lint: Lint, tmp_path: Path) -> None:
    folder, above = repository({"a.md": "x\n"}), write(tmp_path / "above", SILENT)
    git(folder, "worktree", "add", "--quiet", str(above / "tree"))
    tries(lint, above / "tree", "a.md")
    assert untouched(above)


def test_in_the_home_directory(lint: Lint, home: Path) -> None:
    """The person's own configuration counts; a SKILL.md there owns nothing below."""
    write(home, {"SKILL.md": STRAY, "notes/a.md": "x\n"})
    tries(lint, home / "notes", "a.md")
    assert (home / "SKILL.md").read_text() == STRAY


def test_above_the_home_directory(lint: Lint, home: Path) -> None:
    write(home.parent, SILENT)
    write(home, {"notes/a.md": "x\n"})
    tries(lint, home / "notes", "a.md")
    assert lint(home, "notes/a.md").code == 2
    assert lint(home).code == 1
    assert untouched(home.parent)


def test_in_a_home_directory_that_is_a_link_or_a_checkout(lint: Lint, home: Path) -> None:
    write(home, {"SKILL.md": STRAY, ".git/HEAD": "x", "notes/a.md": "x\n"})
    (home.parent / "way").symlink_to(home)
    assert lint(home / "notes", "a.md", HOME=str(home.parent / "way")).code == 2
    assert lint(home / "notes", "a.md", HOME=f"{home}/.").code == 2


@pytest.mark.parametrize("mode", [0o1777, 0o777], ids=oct)
def test_in_a_folder_where_anyone_writes(mode: int, lint: Lint, tmp_path: Path) -> None:
    shared = tmp_path / "shared"
    write(shared, {**SILENT, "mine/a.md": "x\n"})
    shared.chmod(mode)
    tries(lint, shared / "mine", "a.md")
    assert untouched(shared)


@pytest.mark.parametrize("kind", ["file", "pointer", "link", "folder that anyone may move"])
def test_a_planted_git_makes_a_shared_folder_a_checkout(
    kind: str, lint: Lint, tmp_path: Path
) -> None:
    """What has the owner of the folder was put there by somebody else: moving it keeps the owner.

    For root in a container, the folder was `/tmp`.
    """
    shared = tmp_path / "shared"
    write(shared, {**SILENT, "mine/a.md": "x\n"})
    shared.chmod(0o1777)
    planted = shared / ".git"
    if kind == "link":
        planted.symlink_to(tmp_path)
    elif kind.startswith("folder"):
        planted.mkdir()
        planted.chmod(0o777)
    else:
        planted.write_text("x\n" if kind == "file" else f"gitdir: {tmp_path}\n")
    tries(lint, shared / "mine", "a.md")


def test_honest_a_checkout_in_a_shared_folder(repository: Make, lint: Lint) -> None:
    """Guards honest use: a volume of a container, in which the checkout lies directly."""
    folder = repository({".skill-lint.yaml": "ignore: [broken-link]\n",
                         "a/SKILL.md": BROKEN.format(name="a")})  # fmt: skip
    for mode in (0o1777, 0o777):
        folder.chmod(mode)
        assert lint(folder / "a").code == 0, oct(mode)


def test_honest_a_system_where_every_folder_is_open(lint: Lint, tmp_path: Path) -> None:
    """Guards honest use: a drive of Windows in Linux, and no checkout."""
    folder = tmp_path / "x"
    write(folder, {".skill-lint.yaml": "ignore: [broken-link]\n",
                   "a/SKILL.md": BROKEN.format(name="a")})  # fmt: skip
    for each in (folder, folder / "a"):
        each.chmod(0o777)
    assert lint(folder / "a").code == 0


@as_root
def test_in_a_folder_of_another_owner(lint: Lint, tmp_path: Path) -> None:
    other = tmp_path / "other"
    write(other, {**SILENT, "mine/a.md": "x\n"})
    os.chown(other, 4321, 4321)
    tries(lint, other / "mine", "a.md")
    assert untouched(other)


@as_root
def test_honest_root_in_a_container_on_the_checkout_of_another(
    repository: Make, lint: Lint
) -> None:
    """Guards honest use: CI runs as root, or a tool did, in a checkout of another user."""
    folder = repository({".skill-lint.yaml": "ignore: [broken-link]\n", "a/SKILL.md": "x"})
    write(
        folder, {"a/SKILL.md": BROKEN.format(name="a"), "made/b/SKILL.md": BROKEN.format(name="b")}
    )
    for each in (folder, folder / "a", folder / ".git"):
        os.chown(each, 4321, 4321)
    for place in (folder, folder / "a", folder / "made", folder / "made/b"):
        ran = lint(place)
        assert (ran.code, "broken-link" in ran.out) == (0, False), place
    assert lint(folder, "made/b/SKILL.md").code == 0


@pytest.mark.parametrize("value", ["", "relative", "/nowhere", "/", "~", "a\nb"])
def test_honest_odd_home_directories(repository: Make, lint: Lint, value: str) -> None:
    """Guards honest use: CI without a home directory."""
    folder = repository({"a/SKILL.md": GOOD.format(name="a"), "a/references/b.md": "x\n"})
    assert lint(folder, HOME=value).code == 0
    assert "1 skill linted" in lint(folder / "a/references", HOME=value).out


def test_honest_the_home_directory_and_a_folder_in_it(lint: Lint, home: Path) -> None:
    """Guards honest use: skills in the home directory, and the person's configuration there."""
    write(home, {".claude/skills/a/SKILL.md": BROKEN.format(name="a")})
    write(home, {".skill-lint.yaml": "ignore: [broken-link]\n"})
    for place in (home, home / ".claude/skills", home / ".claude/skills/a"):
        assert lint(place).code == 0, place


def test_honest_a_file_deep_in_a_skill(repository: Make, lint: Lint, tmp_path: Path) -> None:
    """Guards honest use: the nearest SKILL.md owns a file, in a checkout and outside of one."""
    folder = repository({"a/SKILL.md": GOOD.format(name="a"), "a/b/c/d.md": "x\n"})
    assert "1 skill linted" in lint(folder, "a/b/c/d.md").out
    assert "1 skill linted" in lint(folder / "a/b/c").out
    write(tmp_path, {"x/SKILL.md": GOOD.format(name="x"), "x/b/c/d.md": "x\n"})
    assert "1 skill linted" in lint(tmp_path / "x/b", "c/d.md").out


@as_root
@pytest.mark.parametrize("owner", [0, 12_345])
def test_a_checkout_where_anybody_may_write_is_none(
    repository: Make, lint: Lint, owner: int
) -> None:
    """Workspaces of build servers are made so; the configuration of the root was not read."""
    weak = GOOD.format(name="weak").replace("## Overview", "## Else")
    folder = repository({"sub/weak/SKILL.md": weak, ".skill-lint.yaml": "fail-on: info\n"})
    folder.chmod(0o1777)
    for each in (folder, folder / ".git"):
        os.chown(each, owner, owner)
    assert lint(folder / "sub").code == 1


@as_root
def test_another_user_makes_a_shared_folder_a_checkout(lint: Lint, tmp_path: Path) -> None:
    shared = tmp_path / "shared"
    write(shared, {**SILENT, ".git/HEAD": "x", "mine/docs/a.md": "x\n"})
    shared.chmod(0o1777)
    os.chown(shared / ".git", 12_345, 12_345)
    tries(lint, shared / "mine", "docs/a.md")
    assert untouched(shared)


def test_the_home_directory_is_the_working_directory(repository: Make, lint: Lint) -> None:
    """Some build servers set HOME to the checkout; a file of its skill had no owner."""
    folder = repository(
        {"SKILL.md": BROKEN.format(name="checkout"), "references/a.md": "[x](no.md)\n"}
    )
    assert lint(folder, "--owning-skills", "references/a.md", HOME=str(folder)).code == 1
