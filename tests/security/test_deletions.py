"""Deleted files, for which a hook asks git: names, folders, and the variables of the hook."""

import os
import subprocess
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import pytest

from tests.security.conftest import GOOD, Lint, git, write

SKILL = GOOD.format(name="s") + "\nSee [a](references/a.md).\n"
FILES = {"s/SKILL.md": SKILL, "s/references/a.md": "# A\n"}
OWNING = ("check", "--owning-skills", "--no-cache", "--output-format=concise")
Make = Callable[[Mapping[str, str | bytes]], Path]


@pytest.fixture
def deleting(repository: Make) -> Path:
    """A repository in which the deletion of a linked file is staged."""
    folder = repository(FILES)
    git(folder, "rm", "--quiet", "s/references/a.md")
    return folder


REVISIONS = ["--output=victim", "-p", "HEAD:s", "\x1b[2J", "::error::x", "HEAD --output=victim", ""]


@pytest.mark.parametrize("side", ["PRE_COMMIT_FROM_REF", "PRE_COMMIT_TO_REF"])
@pytest.mark.parametrize("revision", REVISIONS)
def test_a_revision_of_the_environment_is_an_option_of_git(
    side: str, revision: str, deleting: Path, lint: Lint
) -> None:
    given: dict[str, Any] = {
        "PRE_COMMIT_FROM_REF": "HEAD", "PRE_COMMIT_TO_REF": "HEAD", side: revision
    }  # fmt: skip
    ran = lint(deleting, *OWNING, **given)
    assert ran.code == (2 if revision else 1), ran.said
    assert "\x1b" not in ran.said
    assert "\n::" not in f"\n{ran.said}"
    assert not (deleting / "victim").exists()


@pytest.mark.parametrize("index", ["elsewhere/.git/index", "s/SKILL.md", "gone", ".git/../s/x", ""])
def test_another_index_hides_a_deletion(
    index: str, deleting: Path, tmp_path: Path, lint: Lint
) -> None:
    other = tmp_path / "elsewhere"
    git(tmp_path, "clone", "--quiet", str(deleting), str(other))
    write(deleting, {"s/x": (other / ".git/index").read_bytes()})
    given = str(other / ".git/index") if index.startswith("elsewhere") else index
    ran = lint(deleting, *OWNING, GIT_INDEX_FILE=given)
    assert (ran.code, "broken-link" in ran.out) == (1, True), ran.said


def test_another_index_invents_a_deletion(repository: Make, tmp_path: Path, lint: Lint) -> None:
    folder = repository(FILES)
    empty = tmp_path / "empty"
    git(tmp_path, "init", "--quiet", str(empty))
    write(empty, {"x": ""})
    git(empty, "add", "--all")
    ran = lint(folder, *OWNING, GIT_INDEX_FILE=str(empty / ".git/index"))
    assert (ran.code, ran.said) == (0, "")


NAMES = [b"--exit-zero", b"-h", b"--", b":(top)x", b"\x1b[31m", b"a\nb", b"\xff", "\u202e".encode(),
         b"SKILL.markdown", b"*"]  # fmt: skip


@pytest.mark.parametrize("name", NAMES)
def test_the_name_of_a_deleted_file_is_more_than_a_name(
    name: bytes, repository: Make, lint: Lint
) -> None:
    folder = repository({os.fsdecode(b"s/" + name): "x", **FILES, os.fsdecode(name): "x"})
    for each in (b"s/" + name, name):
        (folder / os.fsdecode(each)).unlink()
    (folder / "s/references/a.md").unlink()
    git(folder, "add", "--all")
    ran = lint(folder, *OWNING)
    assert (ran.code, "broken-link" in ran.out) == (1, True), ran.said
    assert "\x1b" not in ran.said
    assert "skill-file-name" not in ran.said


def test_a_folder_is_deleted_and_becomes_a_link_that_leads_out(
    repository: Make, tmp_path: Path, lint: Lint
) -> None:
    secret = write(tmp_path / "secret", {"SKILL.md": GOOD.format(name="password")})
    folder = repository(FILES)
    git(folder, "rm", "-r", "--quiet", "s")
    (folder / "s").symlink_to(secret)
    git(folder, "add", "--all")
    for names in ((), ("s",)):
        assert "password" not in lint(folder, *OWNING, *names).said


def test_a_skill_file_that_leads_out_is_searched_for_links(
    repository: Make, tmp_path: Path, lint: Lint
) -> None:
    write(tmp_path, {"secret.md": SKILL.replace("references/a.md", "../s/references/a.md")})
    folder = repository(FILES)
    write(folder, {"t/x": ""})
    (folder / "t/SKILL.md").symlink_to(tmp_path / "secret.md")
    git(folder, "add", "--all")
    git(folder, "commit", "--quiet", "--message=x")
    git(folder, "rm", "--quiet", "s/references/a.md")
    ran = lint(folder, *OWNING)
    assert ran.code == 1
    assert "t/SKILL.md" not in ran.said


@pytest.mark.long
def test_a_tree_of_a_few_objects_deletes_countless_files(repository: Make, lint: Lint) -> None:
    folder = repository(FILES)

    def tree(lines: str) -> str:
        done = subprocess.run(["git", "mktree"], cwd=folder, input=lines.encode(),
                              capture_output=True, check=True)  # fmt: skip
        return done.stdout.decode().strip()

    below = tree(f"100644 blob {git(folder, 'rev-parse', 'HEAD:s/SKILL.md')}\tSKILL.md\n")
    for _ in range(9):
        below = tree("".join(f"040000 tree {below}\t{number}\n" for number in range(10)))
    bomb = git(folder, "commit-tree", below, "-p", "HEAD", "-m", "bomb")
    head = git(folder, "rev-parse", "HEAD")
    ran = lint(folder, *OWNING, PRE_COMMIT_FROM_REF=bomb, PRE_COMMIT_TO_REF=head)
    assert ran.code == 0, "the merge base of the two is HEAD"
    git(folder, "update-ref", "HEAD", bomb)
    ran = lint(folder, *OWNING)
    assert ran.code == 2
    assert "git" in ran.err


def test_honest_deletions_outside_of_a_checkout_are_unknown(tmp_path: Path, lint: Lint) -> None:
    folder = write(tmp_path / "plain", FILES)
    ran = lint(folder, *OWNING)
    assert (ran.code, ran.said) == (0, "")


def test_honest_exclusions_of_the_configuration_count(deleting: Path, lint: Lint) -> None:
    write(deleting, {".skill-lint.yaml": "exclude: [s]\n"})
    ran = lint(deleting, *OWNING)
    assert (ran.code, "broken-link" in ran.said) == (0, False), ran.said
