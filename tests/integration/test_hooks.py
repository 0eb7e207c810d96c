"""The pre-commit hooks, run by pre-commit and by prek on a repository of skills."""

import os
import subprocess
import sys
from pathlib import Path
from typing import NamedTuple

import pytest

from tests.support.tools import program

ROOT = Path(__file__).parents[2]
BAD = "---\nname: a\ndescription: Use when testing.\n---\n\n# Title\n\n[x](gone.md)\n"
HEAD = "---\nname: b\ndescription: Use when testing.\n---\n\n"
GOOD = f"{HEAD}# Title\n\nWhat it is.\n\n## When to use\n\nNow.\n"

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(not (ROOT / ".git").exists(), reason="not in a git checkout"),
]


class Repository(NamedTuple):
    """A repository of skills with hooks, and the program that runs them."""

    folder: Path
    program: tuple[str, ...]
    environment: dict[str, str]

    def run(self, *words: str) -> "subprocess.CompletedProcess[str]":
        return subprocess.run(
            [*self.program, *words],
            cwd=self.folder, env=self.environment, capture_output=True, text=True, check=False,
        )  # fmt: skip

    def write(self, name: str, text: str) -> None:
        path = self.folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
        git("add", "-A", cwd=self.folder)


def git(*words: str, cwd: Path) -> None:
    identity = ["-c", "user.name=t", "-c", "user.email=t@example.com", "-c", "commit.gpgsign=false"]
    subprocess.run(["git", *identity, *words], cwd=cwd, check=True, capture_output=True)


@pytest.fixture
def hooks(tmp_path: Path) -> str:
    """A configuration of the hooks of this checkout as it is now, what is not committed included.

    All of them come from one revision, so that skill-lint is installed for them once.
    """
    copy = tmp_path / "skill-lint"
    git("clone", "--quiet", str(ROOT), str(copy), cwd=tmp_path)
    changes = subprocess.check_output(["git", "diff", "--binary", "HEAD"], cwd=ROOT)
    if changes:
        subprocess.run(["git", "apply", "--index"], cwd=copy, input=changes, check=True)
        git("commit", "--quiet", "--message", "now", cwd=copy)
    revision = subprocess.check_output(["git", "rev-parse", "HEAD"], cwd=copy, text=True).strip()
    return (
        f"repos:\n- repo: {copy}\n  rev: {revision}\n  hooks:\n"
        "  - {id: skill-lint, args: [--preset, agentskills, --fail-on, warning]}\n"
        "  - {id: skill-lint-fix, stages: [manual]}\n  - {id: skill-lint-all, stages: [manual]}\n"
    )


def repository(folder: Path, hooks: str, *words: str, **environment: str) -> Repository:
    root = folder / "repository"
    root.mkdir()
    git("init", "--quiet", cwd=root)
    made = Repository(root, words, {**os.environ, **environment})
    made.write(".pre-commit-config.yaml", hooks)
    return made


def test_the_manifest_is_valid() -> None:
    for start in ([sys.executable, "-m", "pre_commit"], [program("prek")]):
        command = [*start, "validate-manifest", ".pre-commit-hooks.yaml"]
        done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
        assert done.returncode == 0, done.stdout + done.stderr


def test_prek_runs_the_hooks_as_well(tmp_path: Path, hooks: str) -> None:
    one = repository(tmp_path, hooks, program("prek"), PREK_HOME=str(tmp_path / "home"))
    one.write("skills/a/SKILL.md", BAD)
    bad = one.run("run")
    if "Failed to fetch" in bad.stdout + bad.stderr:
        pytest.skip("prek's own installer reaches no package registry here")
    assert bad.returncode == 1, bad.stdout + bad.stderr
    assert "no file at `gone.md`" in bad.stdout
    one.write("skills/a/SKILL.md", BAD.replace("gone.md", "SKILL.md"))
    good = one.run("run")
    assert good.returncode == 0, good.stdout + good.stderr
    assert "Passed" in good.stdout


def test_the_hooks_on_a_repository_of_skills(tmp_path: Path, hooks: str) -> None:
    one = repository(
        tmp_path, hooks, sys.executable, "-m", "pre_commit",
        PRE_COMMIT_HOME=str(tmp_path / "home"),
    )  # fmt: skip
    one.write("skills/a/SKILL.md", BAD)
    one.write("README.md", "text\n")
    bad = one.run("run", "skill-lint", "--files", "skills/a/SKILL.md")
    assert bad.returncode == 1, bad.stdout + bad.stderr
    assert "no file at `gone.md`" in bad.stdout
    one.write("skills/b/SKILL.md", GOOD)
    passed = one.run("run", "skill-lint", "--files", "skills/b/SKILL.md")
    assert passed.returncode == 0, passed.stdout + passed.stderr
    untouched = one.run("run", "skill-lint", "--files", "README.md")
    assert untouched.returncode == 0, untouched.stdout + untouched.stderr

    fixable = BAD.replace("Use when testing", "Use when: testing").replace("gone.md", "SKILL.md")
    one.write("skills/a/SKILL.md", fixable)
    manual = ("--hook-stage", "manual")
    fixed = one.run("run", "skill-lint-fix", *manual, "--files", "skills/a/SKILL.md")
    assert fixed.returncode == 1, fixed.stdout + fixed.stderr
    assert "files were modified by this hook" in fixed.stdout
    now = (one.folder / "skills/a/SKILL.md").read_text(encoding="utf-8")
    assert now == fixable.replace("Use when: testing.", '"Use when: testing."')

    one.write("skills/a/SKILL.md", BAD)
    git("commit", "--quiet", "--message", "first", cwd=one.folder)
    git("rm", "--quiet", "--cached", "README.md", cwd=one.folder)
    deleted = one.run("run", "skill-lint-all", *manual)
    assert deleted.returncode == 1, deleted.stdout + deleted.stderr
    assert "no file at `gone.md`" in deleted.stdout
