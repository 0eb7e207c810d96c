"""What a repository could run through git, or make git say. Each way is shown to be a real one."""

import os
import subprocess
import sys
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import pytest

from tests.security.conftest import BROKEN, GOOD, Lint, git, write

V1 = b'{"skill_id": "a/good", "version": "1.0.0"}'
Make = Callable[[Mapping[str, str | bytes]], Path]

ASKING = {
    "changed": (
        "check",
        "--output-format=concise",
        "--changed-since",
        "HEAD",
        "--new-only",
        "--no-cache",
    ),
    "ignored": ("check", ".", "--output-format=concise", "--no-cache"),
    "compare": ("score", ".", "--compare", "HEAD"),
    "migrate": ("migrate", "."),
    "deleted": ("check", "--owning-skills", "--no-cache"),
}
"""Every way in which a command asks git."""


@pytest.fixture
def trap(tmp_path: Path) -> Path:
    """A program that leaves a mark."""
    program = tmp_path / "trap"
    program.write_text(f"#!/bin/sh\ntouch {tmp_path}/executed\n")
    program.chmod(0o755)
    return program


@pytest.fixture
def hostile(repository: Make) -> Path:
    """A repository with a v1 skill that has changed without git having looked since."""
    folder = repository(
        {
            "good/SKILL.md": GOOD.format(name="good"),
            "good/metadata.json": V1,
            ".skill-lint.yaml": "respect-gitignore: true\n",
        }
    )
    with (folder / "good/SKILL.md").open("a") as file:
        file.write("\n[x](gone.md)\n")
    return folder


def plain_git(folder: Path, *words: str, **variables: str) -> None:
    """Run git as anybody would, whatever it says."""
    given = {"PATH": os.environ["PATH"], "HOME": str(folder.parent), "GIT_CONFIG_NOSYSTEM": "1"}
    subprocess.run(
        ["git", *words], cwd=folder, env=given | variables, capture_output=True, check=False,
        timeout=30,
    )  # fmt: skip


def configured(folder: Path, settings: Mapping[str, str]) -> None:
    for name, value in settings.items():
        git(folder, "config", name, value)


SETTINGS = {
    "fsmonitor": ({"core.fsmonitor": "{trap}"}, "", ("status",)),
    "clean-filter": ({"filter.x.clean": "{trap}"}, "* filter=x\n", ("diff",)),
    "required-filter": (
        {"filter.x.clean": "{trap}", "filter.x.smudge": "{trap}", "filter.x.required": "true"},
        "* filter=x\n", ("diff",),
    ),
    "smudge-filter": ({"filter.x.smudge": "{trap}"}, "* filter=x\n", ("archive", "HEAD")),
    "process-filter": ({"filter.x.process": "{trap}"}, "* filter=x\n", ("diff",)),
    "textconv": ({"diff.x.textconv": "{trap}"}, "* diff=x\n", ("diff", "HEAD")),
    "external-diff-of-an-attribute": ({"diff.x.command": "{trap}"}, "* diff=x\n", ("diff", "HEAD")),
    "external-diff": ({"diff.external": "{trap}"}, "", ("diff", "HEAD")),
    "alias": ({"alias.lt": "!{trap}"}, "", ("lt",)),
    "pager": ({"core.pager": "{trap}", "pager.ls-tree": "{trap}"}, "", ("-p", "log")),
    "include": ({"include.path": "{more}"}, "", ("status",)),
    "conditional-include": ({"includeIf.gitdir:/.path": "{more}"}, "", ("status",)),
    "config-of-a-worktree": ({"extensions.worktreeConfig": "true"}, "", ("status",)),
    "post-index-change-hook": ({"core.hooksPath": "{hooks}"}, "", ("update-index", "--refresh")),
}  # fmt: skip


PAIRS = [
    *((way, asking) for way in SETTINGS for asking in ("changed", "deleted")),
    *((way, "compare") for way in ("smudge-filter", "process-filter", "fsmonitor", "include")),
    *((way, "migrate") for way in ("clean-filter", "required-filter", "process-filter", "include")),
    *((way, "ignored") for way in ("fsmonitor", "conditional-include", "post-index-change-hook")),
]


@pytest.mark.parametrize(("way", "asking"), PAIRS)
def test_the_configuration_of_a_repository_runs_a_program(
    way: str, asking: str, hostile: Path, trap: Path, lint: Lint
) -> None:
    settings, attributes, words = SETTINGS[way]
    more = trap.with_name("more")
    more.write_text(f"[core]\n\tfsmonitor = {trap}\n")
    (hostile / ".git/config.worktree").write_text(more.read_text())
    hooks = trap.with_name("hooks")
    hooks.mkdir()
    (hooks / "post-index-change").symlink_to(trap)
    values = {
        key: value.format(trap=trap, more=more, hooks=hooks) for key, value in settings.items()
    }
    configured(hostile, values)
    (hostile / ".git/info/attributes").write_text(attributes)
    lint(hostile, *ASKING[asking])
    assert not trap.with_name("executed").exists()
    if way != "pager":
        plain_git(hostile, *words)
        if way == "post-index-change-hook":
            os.utime(hostile / ".skill-lint.yaml", (1, 1))
            plain_git(hostile, *words)
        assert trap.with_name("executed").exists(), "git itself would have run it"


def promised(folder: Path, settings: Mapping[str, str], url: str) -> None:
    """Make the blobs of HEAD missing, and a remote the one that promises to have them."""
    promise = {
        "core.repositoryformatversion": "1",
        "extensions.partialClone": "origin",
        "remote.origin.url": url,
        "remote.origin.promisor": "true",
        "remote.origin.partialclonefilter": "blob:none",
    }
    configured(folder, {**promise, **settings})
    for blob in git(folder, "ls-tree", "-r", "--format=%(objectname)", "HEAD").split():
        (folder / ".git/objects" / blob[:2] / blob[2:]).unlink(missing_ok=True)


REMOTES = {
    "ext": ({"protocol.ext.allow": "always"}, "ext::{trap}"),
    "ssh-command": ({"core.sshCommand": "{trap}"}, "ssh://127.0.0.1/x"),
    "upload-pack": ({"remote.origin.uploadpack": "{trap}"}, "file://{trap}s"),
    "git-proxy": ({"core.gitProxy": "{trap}"}, "git://127.0.0.1/x"),
    "instead-of": (
        {"url.ext::{trap} .insteadOf": "https://", "protocol.ext.allow": "always"},
        "https://x",
    ),
    "remote-helper": ({"remote.origin.vcs": "ext", "protocol.ext.allow": "always"}, "{trap}"),
}


@pytest.mark.parametrize(
    ("way", "asking"), [*zip(REMOTES, ["changed", "compare", "migrate"] * 2, strict=True)]
)
def test_a_missing_object_is_fetched_by_a_program(
    way: str, asking: str, hostile: Path, trap: Path, lint: Lint
) -> None:
    settings, url = REMOTES[way]
    git(trap.parent, "init", "--quiet", "--bare", "traps")
    promised(hostile, {key.format(trap=trap): value.format(trap=trap)
                       for key, value in settings.items()}, url.format(trap=trap))  # fmt: skip
    lint(hostile, *ASKING[asking])
    assert not trap.with_name("executed").exists()
    plain_git(hostile, "cat-file", "-p", "HEAD:good/SKILL.md")
    assert trap.with_name("executed").exists(), "git itself would have run it"


@pytest.mark.parametrize("asking", ASKING)
def test_a_folder_that_looks_like_a_bare_repository_is_taken_for_one(
    asking: str, repository: Make, trap: Path, lint: Lint
) -> None:
    files: dict[str, str | bytes] = {
        "good/SKILL.md": GOOD.format(name="good"),
        "good/metadata.json": V1,
        "good/objects/x": "",
        "good/refs/x": "",
        "good/wt/x": "",
        "good/HEAD": "ref: refs/heads/x\n",
        "good/config": f"[core]\nfsmonitor={trap}\nbare=false\nworktree=wt\n"
        "repositoryformatversion=0\n",
        ".skill-lint.yaml": "respect-gitignore: true\n",
    }
    folder = repository(files)
    (folder / "good/index").write_bytes((folder / ".git/index").read_bytes())
    lint(folder / "good", *ASKING[asking])
    assert not trap.with_name("executed").exists()
    plain_git(folder / "good", "status")
    assert trap.with_name("executed").exists(), "git itself would have run it"


@pytest.mark.parametrize("asking", ASKING)
def test_a_git_file_leads_to_a_git_folder_among_the_files(
    asking: str, hostile: Path, trap: Path, lint: Lint
) -> None:
    (hostile / ".git").rename(hostile / "evil")
    (hostile / ".git").write_text("gitdir: evil\n")
    configured(hostile, {"core.fsmonitor": str(trap)})
    lint(hostile, *ASKING[asking])
    assert not trap.with_name("executed").exists()
    plain_git(hostile, "status")
    assert trap.with_name("executed").exists()


@pytest.mark.parametrize(
    ("entry", "asking"),
    [
        ("", "changed"),
        (".", "ignored"),
        ("bin", "compare"),
        ("./bin", "migrate"),
        ("{inside}", "changed"),
        ("{inside}/../bin", "ignored"),
        ("{link}", "compare"),
        ("{inside}/..", "migrate"),
    ],
)
def test_git_itself_is_taken_from_the_checkout(
    entry: str, asking: str, hostile: Path, trap: Path, lint: Lint, tmp_path: Path
) -> None:
    for name in ("git", "bin/git"):
        write(hostile, {name: trap.read_bytes()})
        (hostile / name).chmod(0o755)
    (tmp_path / "link").symlink_to(hostile / "bin")
    first = entry.format(inside=hostile / "bin", link=tmp_path / "link")
    path = os.pathsep.join([first, os.environ["PATH"]])
    lint(hostile, *ASKING[asking], PATH=path)
    assert not (tmp_path / "executed").exists()


@pytest.mark.parametrize(
    "variables",
    [
        {
            "GIT_CONFIG_COUNT": "1",
            "GIT_CONFIG_KEY_0": "core.fsmonitor",
            "GIT_CONFIG_VALUE_0": "{trap}",
        },
        {"GIT_CONFIG_PARAMETERS": "'core.fsmonitor'='{trap}'"},
        {"GIT_EXTERNAL_DIFF": "{trap}"},
        {"GIT_EXEC_PATH": "{folder}"},
        {"GIT_DIR": "{evil}"},
        {"GIT_DIR": "{evil}", "GIT_WORK_TREE": "{folder}"},
        {"GIT_TRACE": "{folder}/executed"},
        {"GIT_TRACE2_EVENT": "{folder}/executed"},
        {"HOME": "."},
        {"XDG_CONFIG_HOME": "."},
        {"GIT_CONFIG_GLOBAL": ".gitconfig"},
    ],
    ids="-".join,
)  # fmt: skip
def test_what_a_hook_was_given_decides(
    variables: dict[str, str], hostile: Path, trap: Path, lint: Lint
) -> None:
    evil = trap.with_name("evil")
    git(trap.parent, "init", "--quiet", str(evil))
    configured(evil, {"core.fsmonitor": str(trap)})
    attack = f"[core]\nfsmonitor={trap}\n[diff]\nexternal={trap}\n"
    write(hostile, {".gitconfig": attack, "git/config": attack})
    given: dict[str, Any] = {name: value.format(trap=trap, folder=trap.parent, evil=evil / ".git")
             for name, value in variables.items()}  # fmt: skip
    for words in ASKING.values():
        lint(hostile, *words, **given)
    assert not trap.with_name("executed").exists()


def other(tmp_path: Path, data: str) -> Path:
    """A repository elsewhere, with one commit."""
    folder = tmp_path / "other"
    folder.mkdir()
    git(folder, "init", "--quiet")
    write(folder, {"good/SKILL.md": data})
    git(folder, "add", "--all")
    git(folder, "commit", "--quiet", "--message=x")
    return folder


@pytest.mark.parametrize("variable", ["GIT_DIR", "GIT_COMMON_DIR", "GIT_OBJECT_DIRECTORY",
    "GIT_INDEX_FILE", "GIT_WORK_TREE", "GIT_NAMESPACE", "GIT_PREFIX", "GIT_SHALLOW_FILE",
    "GIT_GRAFT_FILE", "GIT_ATTR_SOURCE", "GIT_REPLACE_REF_BASE"])  # fmt: skip
def test_a_variable_of_a_hook_hides_a_change(
    variable: str, hostile: Path, tmp_path: Path, lint: Lint
) -> None:
    elsewhere = other(tmp_path, (hostile / "good/SKILL.md").read_text())
    values = {"GIT_INDEX_FILE": "index", "GIT_OBJECT_DIRECTORY": "objects"}
    value = str(elsewhere / ".git" / values.get(variable, ""))
    given: dict[str, Any] = {variable: value}
    ran = lint(hostile, *ASKING["changed"], **given)
    assert ran.code == 1, ran.said
    assert "broken-link" in ran.out
    assert lint(hostile, "migrate", ".", **given).code == 1


def test_safe_directory_in_the_environment_still_counts(hostile: Path, lint: Lint) -> None:
    """Honest use: CI servers trust a checkout of another user in this way."""
    given: dict[str, Any] = {"GIT_TEST_ASSUME_DIFFERENT_OWNER": "1", "GIT_CONFIG_COUNT": "1",
             "GIT_CONFIG_KEY_0": "safe.directory", "GIT_CONFIG_VALUE_0": "*"}  # fmt: skip
    ran = lint(hostile, *ASKING["changed"], **given)
    assert "broken-link" in ran.out
    del given["GIT_CONFIG_COUNT"]
    ran = lint(hostile, *ASKING["changed"], **given)
    assert ran.code == 2
    assert "dubious ownership" in ran.err


@pytest.mark.parametrize("words", [("-am", "x"), ("-mx", "--", "good/SKILL.md"), ("-mx",)])
def test_a_hook_sees_what_is_committed(
    words: tuple[str, ...], hostile: Path, environment: dict[str, str], tmp_path: Path
) -> None:
    """Honest use: the hook of `commit -a` and `commit -- path` has an index of its own."""
    hook = hostile / ".git/hooks/pre-commit"
    hook.parent.mkdir(exist_ok=True)
    line = "-P -m skill_lint check --changed-since HEAD --new-only --no-cache"
    hook.write_text(f"#!/bin/sh\nexec {sys.executable} {line}\n")
    hook.chmod(0o755)
    git(hostile, "config", "user.email", "a@example.com")
    git(hostile, "config", "user.name", "a")
    if "-am" not in words:
        git(hostile, "add", "good")
    done = subprocess.run(
        ["git", "commit", *words], cwd=hostile, env=environment, capture_output=True, check=False
    )
    assert done.returncode != 0
    assert b"broken-link" in done.stdout + done.stderr
    write(hostile, {"good/SKILL.md": GOOD.format(name="good") + "\nMore.\n"})
    if "-am" not in words:
        git(hostile, "add", "good")
    done = subprocess.run(
        ["git", "commit", *words], cwd=hostile, env=environment, capture_output=True, check=False
    )
    assert done.returncode == 0, done.stderr


@pytest.mark.parametrize("place", [".gitignore", ".git/info/exclude", ".git/info/attributes"])
@pytest.mark.parametrize("asking", ASKING)
@pytest.mark.slow
def test_a_pipe_in_place_of_a_file_of_git_makes_it_wait(
    place: str, asking: str, hostile: Path, lint: Lint
) -> None:
    (hostile / place).unlink(missing_ok=True)
    os.mkfifo(hostile / place)
    lint(hostile, *ASKING[asking])


@pytest.mark.parametrize("asking", ["changed", "ignored"])
def test_the_list_of_ignored_names_is_a_pipe_outside(
    asking: str, hostile: Path, lint: Lint, tmp_path: Path
) -> None:
    os.mkfifo(tmp_path / "pipe")
    configured(hostile, {"core.excludesFile": str(tmp_path / "pipe")})
    lint(hostile, *ASKING[asking])


def test_the_list_of_ignored_names_lies_outside_and_hides_a_skill(
    hostile: Path, lint: Lint, tmp_path: Path
) -> None:
    (tmp_path / "all").write_text("*\n")
    configured(hostile, {"core.excludesFile": str(tmp_path / "all")})
    write(hostile, {"bad/SKILL.md": BROKEN.format(name="bad")})
    for asking in ("changed", "ignored"):
        assert "bad/SKILL.md" in lint(hostile, *ASKING[asking]).out


def test_the_persons_own_list_of_ignored_names_counts(
    hostile: Path, lint: Lint, home: Path
) -> None:
    """Honest use."""
    write(home, {".config/git/ignore": "bad/\n"})
    write(hostile, {"bad/SKILL.md": BROKEN.format(name="bad")})
    for asking in ("changed", "ignored"):
        assert "bad/SKILL.md" not in lint(hostile, *ASKING[asking]).out
    write(home, {".gitconfig": "[core]\nexcludesFile = ~/mine\n", "mine": "*/bad\n"})
    assert "bad/SKILL.md" in lint(hostile, *ASKING["changed"]).out
    (home / "mine").write_text("bad\n")
    assert "bad/SKILL.md" not in lint(hostile, *ASKING["changed"]).out


@pytest.mark.parametrize("asking", ["changed", "compare", "migrate"])
def test_the_working_tree_is_said_to_be_elsewhere(
    asking: str, hostile: Path, lint: Lint, tmp_path: Path
) -> None:
    elsewhere = other(tmp_path, "x")
    configured(hostile, {"core.worktree": str(elsewhere)})
    ran = lint(hostile, *ASKING[asking])
    assert ran.code in (1, 2)
    assert "git" in ran.said
    assert (hostile / "good/metadata.json").exists()
