"""Trees of a few objects that name more than anybody can read, and a git that does not answer."""

import os
import subprocess
import time
from collections.abc import Callable, Mapping
from pathlib import Path

import pytest

from tests.security.conftest import GOOD, Lint, git

Make = Callable[[Mapping[str, str | bytes]], Path]


def tree(folder: Path, lines: str) -> str:
    done = subprocess.run(["git", "mktree"], cwd=folder, input=lines.encode(),
                          capture_output=True, check=True)  # fmt: skip
    return done.stdout.decode().strip()


@pytest.fixture
def deep(repository: Make) -> Path:
    """A repository with a commit `bomb`, in which many files lie below 1,500 folders."""
    folder = repository({"a/SKILL.md": GOOD.format(name="a")})
    skill = git(folder, "rev-parse", "HEAD:a/SKILL.md")
    below = tree(folder, "".join(f"100644 blob {skill}\tf{n:05}\n" for n in range(20_000)))
    for _ in range(1_500):
        below = tree(folder, f"040000 tree {below}\td\n")
    inside = tree(folder, f"100644 blob {skill}\tSKILL.md\n040000 tree {below}\td\n")
    root = tree(folder, f"040000 tree {inside}\ta\n")
    git(folder, "update-ref", "refs/heads/bomb", git(folder, "commit-tree", root, "-m", "x"))
    return folder


def test_a_skill_was_deeper_than_any_folder(deep: Path, lint: Lint) -> None:
    ran = lint(deep, "score", "a", "--compare", "bomb")
    assert (ran.code, "more than 200 folders" in ran.err) == (2, True), ran.said


def test_honest_scores_are_compared(repository: Make, lint: Lint) -> None:
    name = "a/" + "/".join(["references"] * 20)
    folder = repository({"a/SKILL.md": GOOD.format(name="a"), f"{name}/x.md": "# X\n"})
    ran = lint(folder, "score", ".", "--compare", "HEAD")
    assert ran.code == 0, ran.said


def test_countless_files_were_deleted(repository: Make, lint: Lint) -> None:
    folder = repository({"a/SKILL.md": GOOD.format(name="a")})
    below = tree(folder, f"100644 blob {git(folder, 'rev-parse', 'HEAD:a/SKILL.md')}\tSKILL.md\n")
    for _ in range(3):
        below = tree(folder, "".join(f"040000 tree {below}\td{n:02}\n" for n in range(80)))
    bomb = git(folder, "commit-tree", below, "-p", "HEAD", "-m", "x")
    git(folder, "update-ref", "HEAD", bomb)
    ran = lint(folder, "check", ".", "--changed-since", "HEAD", "--no-cache")
    assert (ran.code, "more than 200,000 files differ" in ran.err) == (2, True), ran.said


def test_a_git_that_does_not_answer_is_asked_for_each_skill(
    repository: Make, lint: Lint, tmp_path: Path
) -> None:
    files = {f"s{number}/SKILL.md": GOOD.format(name=f"s{number}") for number in range(3)}
    v1 = {f"s{number}/metadata.json": '{"skill_id": "x/x", "version": "1.0.0"}'
          for number in range(3)}  # fmt: skip
    folder = repository({**files, **v1})
    (folder / ".git/index").unlink()
    os.mkfifo(folder / ".git/index")
    start = time.monotonic()
    ran = lint(folder, "migrate", ".")
    assert time.monotonic() - start < 50
    assert ran.out.count("did not answer") == 3, ran.said
