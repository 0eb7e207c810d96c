"""`changed-only` and `new-only` of the action, for each event, in whole and in shallow clones.

Before the change, `old` has a broken link. The change adds another one to it, and the skill `new`;
the skill `same` with its broken link stays as it is.
"""

import json
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.support.action import Run, run_action

ROOT = Path(__file__).parents[2]
SKILL = "---\nname: {name}\ndescription: Use when testing.\n---\n\n# Title\n\n[x](gone.md)\n"
ZEROS = "0" * 40
WHOLE: tuple[str, ...] = ()
SHALLOW = ("--depth=1", "--no-single-branch")

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(not (ROOT / "action.yml").exists(), reason="not in a checkout"),
]


def git(folder: Path, *words: str) -> str:
    identity = ("-c", "user.name=t", "-c", "user.email=t@example.com", "-c", "commit.gpgsign=false")
    command = ["git", "-C", str(folder), *identity, *words]
    return subprocess.run(command, check=True, capture_output=True, text=True).stdout.strip()


class Server:
    """A repository whose branch `change` is ahead of `main`, and what a runner makes of it."""

    def __init__(self, folder: Path) -> None:
        self.folder, self.origin, self.checkout = folder, folder / "origin", folder / "checkout"
        self.origin.mkdir()
        git(self.origin, "init", "--quiet", "--initial-branch=main")
        for name in ("allowAnySHA1InWant", "allowFilter"):
            git(self.origin, "config", f"uploadpack.{name}", "true")
        self.write("old", SKILL)
        self.write("same", SKILL)
        self.before = self.commit()
        git(self.origin, "checkout", "--quiet", "-b", "change")
        self.write("old", SKILL + "\n[y](lost.md)\n")
        self.commit()
        self.write("new", SKILL)
        self.after = self.commit()

    def write(self, name: str, text: str) -> None:
        (self.origin / name).mkdir(exist_ok=True)
        (self.origin / name / "SKILL.md").write_text(text.format(name=name), encoding="utf-8")

    def commit(self) -> str:
        git(self.origin, "add", "--all")
        git(self.origin, "commit", "--quiet", "--message=Change")
        return git(self.origin, "rev-parse", "HEAD")

    def run(
        self, name: str, event: dict[str, object], *options: str, ref: str = "refs/heads/change"
    ) -> Run:
        """The lint step with `new-only` after an event, in a clone with these options."""
        url = f"file://{self.origin}"
        git(self.folder, "clone", "--quiet", *options, "--branch=change", url, str(self.checkout))
        return self.lint(name, event, ref=ref)

    def lint(self, name: str, event: dict[str, object], *, ref: str = "refs/heads/change") -> Run:
        file = self.folder / "event.json"
        file.write_text(json.dumps(event), encoding="utf-8")
        variables = {
            "GITHUB_EVENT_NAME": name, "GITHUB_EVENT_PATH": str(file), "GITHUB_REF": ref,
            "GITHUB_SHA": git(self.checkout, "rev-parse", "HEAD"), "GIT_ALLOW_PROTOCOL": "file",
        }  # fmt: skip
        return run_action(
            ROOT, self.checkout, self.folder / "temp", {"new-only": "true"}, variables=variables,
            known={"steps.install.outputs.python": sys.executable},
        )  # fmt: skip


@pytest.fixture
def server(tmp_path: Path) -> Server:
    return Server(tmp_path)


def shows_the_new(ran: Run) -> bool:
    """Whether the run reports the two new links and no old one."""
    assert ran.code == 1, ran.log
    links = [line for line in ran.log.splitlines() if "broken-link" in line and "::" in line]
    return sorted(line.split(",")[0] for line in links) == [
        "::error file=new/SKILL.md",
        "::error file=old/SKILL.md",
    ]


def shows_all(ran: Run, reason: str) -> bool:
    """Whether the run reports old links as well, and says why."""
    assert ran.code == 1, ran.log
    assert f"`changed-only` and `new-only` have no effect: {reason}" in ran.log, ran.log
    return ran.log.count("broken-link::") == 4


def pull_request(server: Server) -> dict[str, object]:
    side = {"repo": {"id": 1}}
    return {"pull_request": {"base": {"sha": server.before, **side}, "head": side}}


EVENTS: dict[str, Callable[[Server], dict[str, object]]] = {
    "pull_request": pull_request,
    "merge_group": lambda server: {"merge_group": {"base_sha": server.before}},
    "push": lambda server: {"before": server.before, "forced": False},
}


@pytest.mark.parametrize("options", [WHOLE, SHALLOW], ids=["whole", "shallow"])
@pytest.mark.parametrize("name", EVENTS)
def test_only_what_is_new(name: str, options: tuple[str, ...], server: Server) -> None:
    assert shows_the_new(server.run(name, EVENTS[name](server), *options))


def test_the_merge_of_a_pull_request(server: Server) -> None:
    """As actions/checkout has it: the merge alone, and the base branch has got more meanwhile."""
    git(server.origin, "checkout", "--quiet", "main")
    server.write("later", SKILL)
    server.commit()
    git(server.origin, "checkout", "--quiet", "-b", "merge")
    git(server.origin, "merge", "--quiet", "--no-ff", "--no-edit", "change")
    merge = git(server.origin, "rev-parse", "HEAD")
    git(server.origin, "branch", "--force", "change", "merge")
    ran = server.run("pull_request", pull_request(server), "--depth=1", ref="refs/pull/1/merge")
    assert git(server.checkout, "rev-parse", "HEAD") == merge
    assert shows_the_new(ran)


NEW_BRANCH: dict[str, object] = {"before": ZEROS, "repository": {"default_branch": "main"}}


@pytest.mark.parametrize("options", [WHOLE, ("--depth=1",)], ids=["whole", "single-branch"])
def test_a_new_branch_is_compared_with_the_default_branch(
    options: tuple[str, ...], server: Server
) -> None:
    assert shows_the_new(server.run("push", NEW_BRANCH, *options))


@pytest.mark.parametrize("ref", ["refs/heads/main", "refs/tags/v1"])
def test_a_push_with_nothing_before(ref: str, server: Server) -> None:
    assert shows_all(server.run("push", NEW_BRANCH, ref=ref), "the push creates a tag or")


def test_a_forced_push_is_compared_with_what_it_replaced(server: Server) -> None:
    git(server.origin, "checkout", "--quiet", "main")
    (server.origin / "gone").write_text("gone")
    before = server.commit()
    git(server.origin, "reset", "--quiet", "--hard", server.before)
    assert shows_the_new(server.run("push", {"before": before, "forced": True}))


def test_a_forced_push_whose_earlier_commits_are_gone(server: Server) -> None:
    ran = server.run("push", {"before": "1" * 40, "forced": True})
    assert shows_all(ran, "the push was forced, and its earlier commits cannot be fetched")


def test_histories_that_have_nothing_in_common(server: Server) -> None:
    git(server.origin, "checkout", "--quiet", "--orphan", "other")
    before = server.commit()
    ran = server.run("push", {"before": before, "forced": True}, *SHALLOW)
    assert shows_all(ran, "the commits before and after have no history in common")


@pytest.mark.parametrize("name", ["schedule", "workflow_dispatch", "issue_comment"])
def test_an_event_that_says_nothing(name: str, server: Server) -> None:
    assert shows_all(server.run(name, {}), f"the event {name} does not say what has changed")


def test_an_event_without_the_commit_before(server: Server) -> None:
    ran = server.run("push", {"before": "--upload-pack=x"})
    assert shows_all(ran, "GitHub's event does not name the commit before")


@pytest.mark.parametrize("name", EVENTS)
def test_history_that_cannot_be_fetched_is_an_error(name: str, server: Server) -> None:
    event = EVENTS[name](server)
    url = f"file://{server.origin}"
    git(server.folder, "clone", "--quiet", "--depth=1", "--branch=change", url,
        str(server.checkout))  # fmt: skip
    shutil.rmtree(server.origin)
    ran = server.lint(name, event)
    assert (ran.code, ran.outputs["exit-code"]) == (2, "2"), ran.log
    assert "fetch-depth: 0" in ran.log
