"""Commits that delete files, in a repository with the hook, by the real git, pre-commit and prek.

`skills/old` has an error that no commit touches: whoever sees it has linted too much.
"""

import os
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

import pytest
import yaml

from tests.support.tools import program

ROOT = Path(__file__).parents[2]
MANIFEST = ROOT / ".pre-commit-hooks.yaml"
SKILL = """---
name: {name}
description: Fills in PDF forms. Use when a person asks about {name} forms.
---

# {name}

## Overview

It reads the fields of a form, and writes their values.

{text}
"""
FIELDS = "skills/pdf/references/fields.md"
FILES = {
    "skills/pdf/SKILL.md": SKILL.format(name="pdf", text="See [fields](references/fields.md)."),
    FIELDS: "# Fields\n\nText, number, date.\n",
    "skills/pdf/references/values.md": "# Values\n",
    "skills/form/SKILL.md": SKILL.format(name="form", text=f"See [f](../../{FIELDS})."),
    "skills/old/SKILL.md": SKILL.format(name="old", text="See [x](gone.md)."),
    "README.md": "# Skills\n",
    "src/fields.py": "FIELDS = 3\n",
}
LOST = ("skills/pdf/SKILL.md", "skills/form/SKILL.md")
"""The two skills that link to `FIELDS`."""
TYPES = ("pre-commit", "pre-merge-commit", "pre-push", "commit-msg")

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(not MANIFEST.exists(), reason="not in a checkout"),
]


class Ran(NamedTuple):
    code: int
    said: str

    def failing(self) -> set[str]:
        """The files with an error."""
        return set(re.findall(r"^\s*(\S+?):\d+:\d+: error", self.said, re.MULTILINE))


class Repository(NamedTuple):
    """A repository with the hook, and the program that runs it."""

    folder: Path
    runner: tuple[str, ...]
    environment: dict[str, str]

    def run(self, *words: str) -> Ran:
        """Run a command in the repository, such as git."""
        done = subprocess.run(
            words, cwd=self.folder, env=self.environment, capture_output=True, text=True,
            check=False,
        )  # fmt: skip
        return Ran(done.returncode, done.stdout + done.stderr)

    def git(self, *words: str) -> None:
        ran = self.run("git", *words)
        assert ran.code == 0, ran.said

    def commit(self, *words: str) -> Ran:
        return self.run("git", "commit", "--message=Next", *words)

    def hook(self, *words: str) -> Ran:
        return self.run(*self.runner, "run", *words)

    def write(self, name: str, text: str) -> None:
        path = self.folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
        self.git("add", "--all")


@pytest.fixture(params=["pre-commit", pytest.param("prek", marks=pytest.mark.long)])
def runner(request: pytest.FixtureRequest) -> tuple[str, ...]:
    if request.param == "prek":
        return (program("prek"),)
    return (sys.executable, "-m", "pre_commit")


@pytest.fixture
def empty(runner: tuple[str, ...], tmp_path: Path) -> Repository:
    """A repository without a commit, with the files staged and the hook installed.

    The hook is that of the manifest, but it runs the tree under test.
    """
    command = tmp_path / "bin" / "skill-lint"
    command.parent.mkdir()
    command.write_text(f'#!/bin/sh\nexec {sys.executable} -P -m skill_lint "$@"\n')
    command.chmod(0o755)
    folder = tmp_path / "repository"
    folder.mkdir()
    one = Repository(folder, runner, dict(_environment(command.parent, tmp_path)))
    one.git("init", "--quiet", "--initial-branch=main")
    for name, text in {**FILES, ".pre-commit-config.yaml": _config()}.items():
        one.write(name, text)
    types = [word for each in TYPES for word in ("--hook-type", each)]
    installed = one.run(*runner, "install", *types)
    assert installed.code == 0, installed.said
    return one


@pytest.fixture
def here(empty: Repository) -> Repository:
    """The same with a commit of all files."""
    assert empty.commit("--no-verify").code == 0
    return empty


def _environment(command: Path, home: Path) -> Iterator[tuple[str, str]]:
    yield from ((name, value) for name, value in os.environ.items() if name[:4] != "GIT_")
    yield "PATH", f"{command}{os.pathsep}{os.environ['PATH']}"
    yield "PYTHONPATH", str(ROOT)
    yield "PRE_COMMIT_HOME", str(home / "kept")
    yield "PREK_HOME", str(home / "kept")
    for role in ("AUTHOR", "COMMITTER"):
        yield f"GIT_{role}_NAME", "Test"
        yield f"GIT_{role}_EMAIL", "test@example.com"


def _config() -> str:
    manifest = yaml.safe_load(MANIFEST.read_text("utf-8"))
    hook = next(each for each in manifest if each["id"] == "skill-lint")
    del hook["minimum_pre_commit_version"]
    local = {**hook, "language": "system", "verbose": True, "args": ["--output-format=concise"]}
    return yaml.safe_dump({"repos": [{"repo": "local", "hooks": [local]}]})


def says_nothing(ran: Ran) -> bool:
    return ran.code == 0 and "linted" not in ran.said and not ran.failing()


def test_a_linked_file_is_deleted(here: Repository) -> None:
    here.git("rm", "--quiet", FIELDS)
    ran = here.commit()
    assert ran.code == 1, ran.said
    assert ran.failing() == set(LOST)
    assert "no file at `references/fields.md`" in ran.said
    for name in LOST:
        here.write(name, FILES[name].replace("fields.md", "values.md"))
    assert here.commit().code == 0


def test_commit_all_deletes_what_is_gone_from_the_disk(here: Repository) -> None:
    (here.folder / FIELDS).unlink()
    ran = here.commit("--all")
    assert (ran.code, ran.failing()) == (1, set(LOST)), ran.said


def test_commit_of_a_path_deletes_that_path_only(here: Repository) -> None:
    here.git("rm", "--quiet", "README.md", FIELDS)
    assert says_nothing(here.commit("--", "README.md"))
    ran = here.commit("--", FIELDS)
    assert (ran.code, ran.failing()) == (1, set(LOST)), ran.said


def test_a_deletion_that_is_not_staged_is_no_part_of_the_commit(here: Repository) -> None:
    here.write("README.md", "# All skills\n")
    (here.folder / FIELDS).unlink()
    assert says_nothing(here.commit())


def test_a_linked_file_is_renamed(here: Repository) -> None:
    here.git("mv", FIELDS, "skills/pdf/references/types.md")
    ran = here.commit()
    assert (ran.code, ran.failing()) == (1, set(LOST)), ran.said


def test_a_folder_is_deleted(here: Repository) -> None:
    here.write("skills/form/SKILL.md", FILES["skills/form/SKILL.md"].replace("/fields.md", "/"))
    here.commit("--no-verify")
    here.git("rm", "-r", "--quiet", "skills/pdf/references")
    ran = here.commit()
    assert (ran.code, ran.failing()) == (1, set(LOST)), ran.said


def test_a_skill_loses_its_skill_file(here: Repository) -> None:
    here.git("rm", "--quiet", "skills/pdf/SKILL.md")
    ran = here.commit()
    assert ran.code == 1, ran.said
    assert ran.failing() == {"skills/pdf/SKILL.md"}
    assert "missing-skill-file" in ran.said


def test_a_skill_is_deleted_to_which_another_links(here: Repository) -> None:
    here.git("rm", "-r", "--quiet", "skills/pdf")
    ran = here.commit()
    assert (ran.code, ran.failing()) == (1, {"skills/form/SKILL.md"}), ran.said


def test_a_symbolic_link_is_deleted_through_which_a_skill_is_read(here: Repository) -> None:
    (here.folder / "all").symlink_to("skills")
    here.write(
        "skills/form/SKILL.md", SKILL.format(name="form", text="[a](../../all/pdf/SKILL.md)")
    )
    here.commit("--no-verify")
    here.git("rm", "--quiet", "all")
    ran = here.commit()
    assert (ran.code, ran.failing()) == (1, {"skills/form/SKILL.md"}), ran.said


def test_the_target_of_a_symbolic_link_is_deleted(here: Repository) -> None:
    here.write("shared/notes.md", "# Notes\n")
    (here.folder / "skills/form/notes.md").symlink_to("../../shared/notes.md")
    (here.folder / "skills/new").mkdir()
    (here.folder / "skills/new/SKILL.md").symlink_to("../../shared/notes.md")
    here.git("add", "--all")
    here.commit("--no-verify")
    here.git("rm", "--quiet", "shared/notes.md")
    ran = here.commit()
    assert ran.code == 1, ran.said
    assert ran.failing() == {"skills/new/SKILL.md"}
    assert "skills/form/SKILL.md:1:1: warning dangling-symlink" in ran.said


@pytest.mark.parametrize("name", ["README.md", "src/fields.py"])
def test_a_deletion_that_concerns_no_skill_is_silent(here: Repository, name: str) -> None:
    here.git("rm", "--quiet", name)
    assert says_nothing(here.commit())


def test_a_commit_of_nothing_is_silent(here: Repository) -> None:
    assert says_nothing(here.commit("--allow-empty"))
    here.git("rm", "-r", "--quiet", "skills")
    assert says_nothing(here.commit())
    assert says_nothing(here.commit("--allow-empty"))


def test_a_repository_without_a_commit(empty: Repository) -> None:
    ran = empty.commit()
    assert (ran.code, ran.failing()) == (1, {"skills/old/SKILL.md"}), ran.said
    empty.git("rm", "-r", "--quiet", "--cached", "skills/old")
    shutil.rmtree(empty.folder / "skills/old")
    assert empty.commit().code == 0


def test_a_merge_brings_a_link_and_a_deletion_together(here: Repository) -> None:
    here.git("switch", "--quiet", "--create", "topic")
    for name in (*LOST, FIELDS):
        here.git("rm", "--quiet", name)
    here.commit("--no-verify")
    here.git("switch", "--quiet", "main")
    here.write("skills/new/SKILL.md", SKILL.format(name="new", text=f"[f](../../{FIELDS})"))
    here.commit("--no-verify")
    ran = here.run("git", "merge", "--no-edit", "topic")
    assert ran.code != 0, ran.said
    assert "skills/new/SKILL.md" in ran.failing()
    assert "skills/old/SKILL.md" not in ran.failing()
    # The merge waits now, and is committed by hand.
    ran = here.commit()
    assert ran.code != 0, ran.said
    assert "skills/new/SKILL.md" in ran.failing()


def test_a_worktree_has_an_index_of_its_own(here: Repository, tmp_path: Path) -> None:
    here.git("worktree", "add", "--quiet", str(tmp_path / "tree"))
    there = here._replace(folder=tmp_path / "tree")
    there.git("rm", "--quiet", FIELDS)
    ran = there.commit()
    assert (ran.code, ran.failing()) == (1, set(LOST)), ran.said
    assert says_nothing(here.commit("--allow-empty"))


def test_a_range_of_commits(here: Repository) -> None:
    here.git("rm", "--quiet", FIELDS)
    here.commit("--no-verify")
    ran = here.hook("--from-ref", "HEAD~1", "--to-ref", "HEAD")
    assert (ran.code, ran.failing()) == (1, set(LOST)), ran.said
    assert says_nothing(here.hook("--from-ref", "HEAD", "--to-ref", "HEAD"))
    here.git("switch", "--quiet", "--orphan", "other")
    assert here.commit("--allow-empty", "--no-verify").code == 0
    here.git("switch", "--quiet", "main")
    assert here.hook("--from-ref", "other", "--to-ref", "HEAD").code == 1


def test_all_files_and_some_files(here: Repository) -> None:
    ran = here.hook("--all-files")
    assert (ran.code, ran.failing()) == (1, {"skills/old/SKILL.md"}), ran.said
    here.git("rm", "--quiet", FIELDS)
    ran = here.hook("--files", "README.md")
    assert (ran.code, ran.failing()) == (1, set(LOST)), ran.said
    assert here.hook("--all-files").failing() == {*LOST, "skills/old/SKILL.md"}


def test_a_push_of_a_deletion(here: Repository, tmp_path: Path) -> None:
    here.git("init", "--quiet", "--bare", str(tmp_path / "remote"))
    here.git("remote", "add", "origin", str(tmp_path / "remote"))
    here.git("push", "--quiet", "--no-verify", "origin", "main")
    here.git("rm", "--quiet", FIELDS)
    here.commit("--no-verify")
    ran = here.run("git", "push", "--quiet", "origin", "main")
    assert (ran.code != 0, ran.failing()) == (True, set(LOST)), ran.said


def test_the_hook_runs_once_for_a_commit(here: Repository) -> None:
    here.write("README.md", "# All skills\n")
    ran = here.commit()
    assert ran.code == 0, ran.said
    assert ran.said.count("hook id: skill-lint") == 1


def test_a_submodule_is_deleted(here: Repository, tmp_path: Path) -> None:
    inner = tmp_path / "inner"
    inner.mkdir()
    there = here._replace(folder=inner)
    there.git("init", "--quiet")
    there.write("notes.md", "# Notes\n")
    there.git("commit", "--quiet", "--message=First")
    here.git("-c", "protocol.file.allow=always", "submodule", "--quiet", "add", str(inner), "inner")
    here.write("skills/form/SKILL.md", SKILL.format(name="form", text="[n](../../inner/notes.md)"))
    here.commit("--no-verify")
    here.git("rm", "--quiet", "inner")
    ran = here.commit()
    assert (ran.code, ran.failing()) == (1, {"skills/form/SKILL.md"}), ran.said


def test_what_a_passing_hook_prints_is_hidden_without_verbose(here: Repository) -> None:
    warned = SKILL.format(name="form", text="See [f](#no-such-heading).")
    here.write("skills/form/SKILL.md", warned)
    ran = here.hook()
    assert (ran.code, "dead-anchor" in ran.said) == (0, True), ran.said
    config = here.folder / ".pre-commit-config.yaml"
    here.write(config.name, config.read_text("utf-8").replace("verbose: true", "verbose: false"))
    ran = here.hook()
    assert (ran.code, "dead-anchor" in ran.said) == (0, False), ran.said


def lint_all(here: Repository, *args: str) -> Ran:
    """Run the `entry` of the hook `skill-lint-all`."""
    hooks = yaml.safe_load(MANIFEST.read_text("utf-8"))
    entry = next(each for each in hooks if each["id"] == "skill-lint-all")["entry"]
    return here.run(*entry.split(), *args)


def test_a_link_with_escaped_letters_is_seen_by_the_hook_for_all_skills(here: Repository) -> None:
    here.git("rm", "-r", "--quiet", "skills/old")
    here.write("skills/form/SKILL.md", FILES["skills/form/SKILL.md"].replace("fields", "%66ields"))
    here.write("skills/pdf/SKILL.md", FILES["skills/pdf/SKILL.md"].replace("fields", "values"))
    here.commit("--no-verify")
    here.git("rm", "--quiet", FIELDS)
    assert here.hook().code == 0
    assert lint_all(here, "--output-format=concise").failing() == {"skills/form/SKILL.md"}


def test_a_deleted_configuration_is_seen_by_the_hook_for_all_skills(here: Repository) -> None:
    here.write(".skill-lint.yaml", "exclude: [skills/old]\n")
    here.commit("--no-verify")
    here.git("rm", "--quiet", ".skill-lint.yaml")
    assert says_nothing(here.hook())
    assert lint_all(here, "--output-format=concise").failing() == {"skills/old/SKILL.md"}


def test_the_hook_for_all_skills_passes_without_skills(here: Repository) -> None:
    here.git("rm", "-r", "--quiet", "skills")
    ran = lint_all(here, "--preset", "agentskills")
    assert ran.code == 0, ran.said
    assert "nothing to lint" in ran.said
