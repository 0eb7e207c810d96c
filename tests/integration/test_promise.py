"""What the README promises: with a baseline, a change shows its own findings, and no old one.

A repository has 60 skills with 200 findings. A branch adds two: a link with a capital letter too
many, which can be fixed, and a link to nothing in a new skill. The lines are those of the README.
"""

import json
import os
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.support.github_server import TOKEN, GitHub, accepted, serving
from tests.support.workflow import Job, run_job, steps_of

ROOT = Path(__file__).parents[2]
README = (ROOT / "README.md").read_text("utf-8")
SECTION = README.partition("## How do I run it on pull requests?")[2].partition("\n## ")[0]
SHELL, HOOK, WORKFLOW = re.findall(r"```(?:sh|yaml)\n(.*?)```", SECTION, re.DOTALL)
THINGS = """
apples boats candles deserts engines flowers glaciers harbours islands jackets kettles lanterns
mirrors needles orchards pencils quarries rivers saddles tunnels umbrellas valleys windows yards
zebras anchors bridges clocks drums eagles forests gardens hammers inks jewels kites ladders maps
nests oceans pianos quilts rings ships tents urns violins wheels axes bells coins doors eggs flags
gloves hats irons jars keys lamps
""".split()
SKILL = """---
name: {thing}
description: Counts {thing} in pictures. Use when a person asks how many {thing} there are.
---

# All about {thing}

Look at the picture as a whole first, then part by part. Count what is clearly visible. Say how sure
you are of the number, and which parts of the picture are too dark or too small to tell.

{links}
"""
OLD = re.compile(r"\bold-\d+-\d+")
ADDED = "[the new guide](references/New-1.md)"
NEW = {"new-1", "new-2"}

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(not (ROOT / ".git").exists(), reason="not in a git checkout"),
]


class Repository:
    """The repository on the branch, its change staged, and what was told to the server."""

    def __init__(self, folder: Path) -> None:
        self.folder, self.checkout = folder, folder / "repository"
        command = folder / "bin" / "skill-lint"
        command.parent.mkdir()
        command.write_text(f'#!/bin/sh\nexec {sys.executable} -m skill_lint "$@"\n')
        command.chmod(0o755)
        self.environment = {
            **os.environ, "PATH": f"{command.parent}{os.pathsep}{os.environ['PATH']}",
            "PRE_COMMIT_HOME": str(folder / "hooks"),
        }  # fmt: skip
        self.checkout.mkdir()
        self.run("git", "init", "--quiet", "--initial-branch=main")
        for number, thing in enumerate(THINGS):
            self.write(f"skills/{thing}/SKILL.md", old_skill(number, thing))
            self.write(f"skills/{thing}/references/new-1.md", "# New\n")
        self.run("git", "add", "--all")
        self.run("bash", "-c", SHELL)
        self.base = self.commit()
        self.run("git", "checkout", "--quiet", "-b", "branch")

    def changed(self) -> None:
        """Stage the change: a line in an old skill, and a new skill."""
        file = self.checkout / "skills/apples/SKILL.md"
        self.write("skills/apples/SKILL.md", f"{file.read_text('utf-8')}\n{ADDED}\n")
        self.write("skills/new/SKILL.md", SKILL.format(thing="new", links="[x](new-2.md)"))
        self.run("git", "add", "--all")

    def run(self, *words: str, code: int = 0) -> str:
        done = subprocess.run(
            words, cwd=self.checkout, env=self.environment, capture_output=True, text=True,
            check=False,
        )  # fmt: skip
        assert done.returncode == code, done.stdout + done.stderr
        return done.stdout + done.stderr

    def write(self, name: str, text: str) -> None:
        (self.checkout / name).parent.mkdir(parents=True, exist_ok=True)
        (self.checkout / name).write_text(text, encoding="utf-8")

    def commit(self) -> str:
        identity = ("-c", "user.name=t", "-c", "user.email=t@example.com")
        self.run("git", *identity, "commit", "--quiet", "--no-verify", "--message=Change")
        return self.run("git", "rev-parse", "HEAD").strip()


def old_skill(number: int, thing: str) -> str:
    """One of the 60 skills: 20 have four findings, 40 have three."""
    marks = [f"old-{number}-{which}" for which in range(4 if number % 3 == 0 else 3)]
    links = [f"[a]({mark}.md)" if which % 2 else f"[b](#{mark})"
             for which, mark in enumerate(marks)]  # fmt: skip
    return SKILL.format(thing=thing, links="\n\n".join(["[c](references/new-1.md)", *links]))


@pytest.fixture
def repository(tmp_path: Path) -> Repository:
    made = Repository(tmp_path)
    made.changed()
    return made


@pytest.fixture
def github(repository: Repository) -> Iterator[GitHub]:
    """The pull request of the branch."""
    with serving(GitHub(repository.checkout, repository.base, repository.commit())) as server:
        yield server


def run_workflow(repository: Repository, github: GitHub) -> Job:
    variables = github.variables(repository.folder)
    known = {"github.token": TOKEN}
    return run_job(WORKFLOW, repository.checkout, repository.folder / "temp", variables, known)


def shows_the_two(text: str) -> bool:
    """Whether a text is about the two new findings, and about no old one."""
    return not OLD.search(text) and set(re.findall(r"new-\d", text.lower())) == NEW


def test_there_are_200_findings_without_the_baseline(repository: Repository) -> None:
    command = ("skill-lint", "check", "--no-baseline", "--output-format", "json", "skills")
    report = json.loads(repository.run(*command, code=1))
    found = [each for each in report["diagnostics"] if each["severity"] != "info"]
    assert len(found) == 202
    assert len(set(OLD.findall(json.dumps(report)))) == 200


def test_the_hook_reports_the_two(repository: Repository, tmp_path: Path) -> None:
    assert len((SHELL + HOOK).splitlines()) == 6
    lines = HOOK.replace("https://github.com/skill-lint/skill-lint", str(tmp_path / "skill-lint"))
    revision = published(tmp_path / "skill-lint")
    repository.write(".pre-commit-config.yaml", lines.replace("v0.1.0", revision))
    repository.run("git", "add", "--all")
    said = repository.run(sys.executable, "-m", "pre_commit", "run", code=1)
    assert shows_the_two(said), said


def published(folder: Path) -> str:
    """The revision of a copy of this checkout as it is now, what is not committed included."""
    git = ("git", "-c", "user.name=t", "-c", "user.email=t@example.com")
    subprocess.run([*git, "clone", "--quiet", str(ROOT), str(folder)], check=True)
    changes = subprocess.check_output([*git, "diff", "--binary", "HEAD"], cwd=ROOT)
    if changes:
        subprocess.run([*git, "apply", "--index"], cwd=folder, input=changes, check=True)
        subprocess.run([*git, "commit", "--quiet", "--message=Now"], cwd=folder, check=True)
    return subprocess.check_output([*git, "rev-parse", "HEAD"], cwd=folder, text=True).strip()


def test_the_action_reports_the_two(repository: Repository, github: GitHub) -> None:
    ran = run_workflow(repository, github)
    assert not ran.is_passed
    annotations = [each for each in ran.log.splitlines() if each.startswith(("::error", "::warn"))]
    assert len(annotations) == 2, ran.log
    assert shows_the_two("\n".join(annotations))
    assert shows_the_two(ran.summary), ran.summary


def test_the_recipe_suggests_the_two(repository: Repository, github: GitHub) -> None:
    run_workflow(repository, github)
    (review,) = github.reviews
    assert len(review["comments"]) == 2
    assert shows_the_two(json.dumps(review))
    file = repository.checkout / "skills/apples/SKILL.md"
    comments = [each for each in review["comments"] if each["path"] == "skills/apples/SKILL.md"]
    fixed = accepted(file.read_text("utf-8"), comments)
    assert fixed == file.read_text("utf-8").replace("New-1.md", "new-1.md")


def test_a_deleted_file_is_a_new_finding_of_each(tmp_path: Path) -> None:
    """The line of the link is an old one, so that only a baseline tells what is new."""
    repository = Repository(tmp_path)
    repository.run("git", "rm", "--quiet", "skills/bells/references/new-1.md")
    owning = repository.run("skill-lint", "check", "--owning-skills", code=1)
    with serving(GitHub(repository.checkout, repository.base, repository.commit())) as github:
        ran = run_workflow(repository, github)
    assert not ran.is_passed
    for said in (owning, ran.summary):
        assert "new-1.md" in said
        assert not OLD.search(said)
    assert "only in the summary: 1" in ran.log
    assert not github.reviews


def test_the_workflow_of_the_readme_is_that_of_the_docs() -> None:
    text = (ROOT / "docs" / "workflows" / "suggestions.yml").read_text("utf-8")
    assert steps_of(WORKFLOW) == steps_of(text)
