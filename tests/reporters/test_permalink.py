"""Links from the Markdown report to lines at the commit of a job."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

SKILL = "---\nname: a\ndescription: Use when testing.\n---\n\n[x](gone.md)\n"
COMMIT = "0123456789" * 4
JOB = {
    "GITHUB_SERVER_URL": "https://github.com", "GITHUB_REPOSITORY": "owner/name",
    "GITHUB_SHA": COMMIT,
}  # fmt: skip


def report(folder: Path, *words: str, **variables: str) -> str:
    environment = {name: os.environ[name] for name in ("PATH", "HOME") if name in os.environ}
    environment |= {"PYTHONPATH": os.pathsep.join(sys.path), **variables}
    command = [sys.executable, "-P", "-m", "skill_lint", "check", "--output-format", "markdown"]
    done = subprocess.run(
        [*command, *words], cwd=folder, env=environment, capture_output=True, text=True,
        check=False,
    )  # fmt: skip
    assert done.returncode == 1, done.stderr
    return done.stdout


@pytest.fixture
def repository(tmp_path: Path) -> Path:
    for name in ("repository/in/skills/a b", "repository/.git", "outside/a"):
        (tmp_path / name).mkdir(parents=True)
    for name in ("repository/in/skills/a b", "outside/a"):
        (tmp_path / name / "SKILL.md").write_text(SKILL, encoding="utf-8")
    return tmp_path / "repository"


LINK = f"](https://github.com/owner/name/blob/{COMMIT}/in/skills/a%20b/SKILL.md?plain=1#L6)"


def test_paths_count_from_the_repository(repository: Path) -> None:
    for folder in (repository, repository / "in", repository / "in" / "skills" / "a b"):
        assert LINK in report(folder, **JOB)


def test_a_file_outside_of_the_repository_has_no_link(repository: Path) -> None:
    assert "/blob/0" not in report(repository, "../outside", **JOB)


WRONG = {
    "server": {"GITHUB_SERVER_URL": "javascript:x"},
    "repository": {"GITHUB_REPOSITORY": "owner/name/](x)"},
    "commit": {"GITHUB_SHA": "main"},
    "nothing": dict.fromkeys(JOB, ""),
}


@pytest.mark.parametrize("way", WRONG)
def test_without_a_known_commit_there_is_no_link(way: str, repository: Path) -> None:
    text = report(repository, **{**JOB, **WRONG[way]})
    assert "| `" in text
    assert "?plain=1" not in text
