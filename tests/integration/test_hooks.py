"""The pre-commit hooks, run by pre-commit itself on this checkout."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
BAD = "---\nname: a\ndescription: Use when testing.\n---\n\n# Title\n\n[x](gone.md)\n"

pytestmark = pytest.mark.slow


def run(
    *words: str, cwd: Path = ROOT, home: Path | None = None
) -> "subprocess.CompletedProcess[str]":
    environment = {**os.environ, "PRE_COMMIT_HOME": str(home)} if home else None
    command = [sys.executable, "-m", "pre_commit", *words]
    return subprocess.run(
        command, cwd=cwd, env=environment, capture_output=True, text=True, check=False
    )


def git(*words: str, cwd: Path) -> None:
    identity = ["-c", "user.name=t", "-c", "user.email=t@example.com", "-c", "commit.gpgsign=false"]
    subprocess.run(["git", *identity, *words], cwd=cwd, check=True, capture_output=True)


@pytest.mark.skipif(not (ROOT / ".pre-commit-hooks.yaml").exists(), reason="not in a checkout")
def test_the_manifest_is_valid() -> None:
    done = run("validate-manifest", ".pre-commit-hooks.yaml")
    assert done.returncode == 0, done.stdout + done.stderr
    done = prek("validate-manifest", ".pre-commit-hooks.yaml")
    assert done.returncode == 0, done.stdout + done.stderr


def prek(
    *words: str, cwd: Path = ROOT, home: Path | None = None
) -> "subprocess.CompletedProcess[str]":
    program = shutil.which("prek", path=str(Path(sys.executable).parent))
    if program is None:
        pytest.skip("prek is not installed: pip install -e '.[ci]'")
    environment = {**os.environ, "PREK_HOME": str(home)} if home else None
    return subprocess.run(
        [program, *words], cwd=cwd, env=environment, capture_output=True, text=True, check=False
    )


@pytest.mark.skipif(not (ROOT / ".git").exists(), reason="not in a git checkout")
def test_prek_runs_the_hooks_as_well(tmp_path: Path) -> None:
    repository, home = tmp_path / "repository", tmp_path / "home"
    revision = subprocess.check_output(["git", "rev-parse", "HEAD"], cwd=ROOT, text=True).strip()
    skill = repository / "skills" / "a" / "SKILL.md"
    skill.parent.mkdir(parents=True)
    skill.write_text(BAD, encoding="utf-8")
    (repository / ".pre-commit-config.yaml").write_text(
        f"repos:\n- repo: {ROOT}\n  rev: {revision}\n  hooks:\n"
        "  - id: skill-lint\n    args: [--preset, agentskills, --fail-on, warning]\n",
        encoding="utf-8",
    )
    git("init", "-q", cwd=repository)
    git("add", "-A", cwd=repository)
    bad = prek("run", cwd=repository, home=home)
    if "Failed to fetch" in bad.stdout + bad.stderr:
        pytest.skip("prek's own installer reaches no package registry here")
    assert bad.returncode == 1, bad.stdout + bad.stderr
    assert "no file at `gone.md`" in bad.stdout
    skill.write_text(BAD.replace("gone.md", "SKILL.md"), encoding="utf-8")
    git("add", "-A", cwd=repository)
    good = prek("run", cwd=repository, home=home)
    assert good.returncode == 0, good.stdout + good.stderr
    assert "Passed" in good.stdout


@pytest.mark.skipif(not (ROOT / ".git").exists(), reason="not in a git checkout")
def test_the_hooks_on_a_repository_of_skills(tmp_path: Path) -> None:
    repository, home = tmp_path / "repository", tmp_path / "home"
    (repository / "skills" / "a").mkdir(parents=True)
    (repository / "skills" / "a" / "SKILL.md").write_text(BAD, encoding="utf-8")
    (repository / "README.md").write_text("text\n", encoding="utf-8")
    git("init", "-q", cwd=repository)
    git("add", "-A", cwd=repository)

    bad = run("try-repo", str(ROOT), "skill-lint", "--files", "skills/a/SKILL.md",
              cwd=repository, home=home)  # fmt: skip
    assert bad.returncode == 1, bad.stdout + bad.stderr
    assert "no file at `gone.md`" in bad.stdout
    (repository / "skills" / "b").mkdir()
    good = "# Title\n\nWhat it is.\n\n## When to use\n\nNow.\n"
    head = BAD.partition("# Title")[0].replace("name: a", "name: b")
    (repository / "skills" / "b" / "SKILL.md").write_text(head + good, encoding="utf-8")
    passed = run("try-repo", str(ROOT), "skill-lint", "--files", "skills/b/SKILL.md",
                 cwd=repository, home=home)  # fmt: skip
    assert passed.returncode == 0, passed.stdout + passed.stderr
    untouched = run("try-repo", str(ROOT), "skill-lint", "--files", "README.md",
                    cwd=repository, home=home)  # fmt: skip
    assert untouched.returncode == 0, untouched.stdout + untouched.stderr
    text = (repository / "skills" / "a" / "SKILL.md").read_text(encoding="utf-8")
    fixable = text.replace("Use when testing", "Use when: testing").replace("gone.md", "SKILL.md")
    (repository / "skills" / "a" / "SKILL.md").write_text(fixable, encoding="utf-8")
    fixed = run("try-repo", str(ROOT), "skill-lint-fix", "--files", "skills/a/SKILL.md",
                cwd=repository, home=home)  # fmt: skip
    assert fixed.returncode == 1, fixed.stdout + fixed.stderr
    assert "files were modified by this hook" in fixed.stdout
    now = (repository / "skills" / "a" / "SKILL.md").read_text(encoding="utf-8")
    assert now == fixable.replace("Use when: testing.", '"Use when: testing."')
    (repository / "skills" / "a" / "SKILL.md").write_text(text, encoding="utf-8")
    git("commit", "-qm", "first", cwd=repository)
    git("rm", "-q", "--cached", "README.md", cwd=repository)
    deleted = run("try-repo", str(ROOT), "skill-lint-all", cwd=repository, home=home)
    assert deleted.returncode == 1, deleted.stdout + deleted.stderr
    assert "no file at `gone.md`" in deleted.stdout
