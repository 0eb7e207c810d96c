"""Attacks by pull requests from forks on the action's gate."""

import json
import shutil
from collections.abc import Mapping
from pathlib import Path

import pytest

from tests.security.action.conftest import FORK, Attack, commit, event
from tests.security.conftest import GOOD, TREE, git, write

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(not (TREE / "action.yml").exists(), reason="not in a checkout"),
]


def payload(folder: Path, name: str, found: Mapping[str, object]) -> dict[str, str]:
    """The variables of a run for another event."""
    file = folder / "event.json"
    file.write_text(json.dumps(found))
    return {"GITHUB_EVENT_NAME": name, "GITHUB_EVENT_PATH": str(file)}


SILENT = {
    "comment": {"bad/SKILL.md": "<!-- skill-lint: allow-file broken-link -->\n"},
    "configuration": {".skill-lint.yaml": "ignore: [broken-link]\n"},
    "exclusion": {"skill-lint.toml": 'exclude = ["bad"]\n'},
}


@pytest.mark.parametrize("head", [FORK, None], ids=["fork", "deleted-fork"])
@pytest.mark.parametrize("silent", SILENT)
def test_a_pull_request_from_a_fork_turns_its_gate_off(
    silent: str, head: object, pull_request: Attack, tmp_path: Path
) -> None:
    for name, text in SILENT[silent].items():
        file = pull_request.checkout / name
        file.write_text((file.read_text() if file.exists() else "") + text)
    pull_request.fails(None, **event(tmp_path, pull_request.checkout, head=head))


def test_added_silence_from_a_fork_passes(pull_request: Attack, tmp_path: Path) -> None:
    shutil.rmtree(pull_request.checkout / "bad")
    write(pull_request.checkout, {".skill-lint.yaml": "ignore: [links]\n"})
    variables = event(tmp_path, pull_request.checkout, head=FORK)
    assert pull_request.run(None, **variables).code == 1
    assert pull_request.run({"strict-gate": "false"}, **variables).code == 0


def test_a_branch_of_the_owner_is_trusted(pull_request: Attack, tmp_path: Path) -> None:
    """Honest use: who can push to the repository may edit its settings."""
    write(pull_request.checkout, {".skill-lint.yaml": "ignore: [links]\n"})
    variables = event(tmp_path, pull_request.checkout, head={"id": 1})
    assert pull_request.run(None, **variables).code == 0
    assert pull_request.run({"strict-gate": "true"}, **variables).code == 1


@pytest.mark.parametrize("base", ["0" * 40, "--upload-pack=touch marker", "main", "HEAD"])
def test_a_base_that_is_not_there_passes(base: str, pull_request: Attack, tmp_path: Path) -> None:
    variables = event(tmp_path, pull_request.checkout, head=FORK, base=base)
    assert pull_request.run(None, **variables).code == 2


EVENTS = ["pull_request_target", "pull_request_review", "pull_request_review_comment", "new_event"]


@pytest.mark.parametrize("name", EVENTS)
def test_another_event_of_a_fork_has_no_gate(
    name: str, pull_request: Attack, tmp_path: Path
) -> None:
    write(pull_request.checkout, {".skill-lint.yaml": "ignore: [links]\n"})
    pull_request.fails(None, **event(tmp_path, pull_request.checkout, head=FORK, name=name))


@pytest.mark.parametrize(
    "name", ["issue_comment", "workflow_run", "check_run", "deployment_status"]
)
def test_an_event_without_a_base_turns_a_strict_gate_off(
    name: str, pull_request: Attack, tmp_path: Path
) -> None:
    variables = payload(tmp_path, name, {name: {"head_sha": "0" * 40, "pull_requests": []}})
    ran = pull_request.run({"strict-gate": "true"}, **variables)
    assert (ran.code, ran.outputs["exit-code"]) == (2, "2"), ran.log
    ran = pull_request.run(None, **variables)
    assert ran.code == 1, ran.log
    assert f"the event {name} does not say which commit" in ran.log


@pytest.mark.parametrize("name", ["push", "schedule", "workflow_dispatch"])
def test_honest_runs_of_the_owner_need_no_base(
    name: str, pull_request: Attack, tmp_path: Path
) -> None:
    variables = {"GITHUB_EVENT_NAME": name, "GITHUB_EVENT_PATH": str(tmp_path / "nothing")}
    assert pull_request.run({"strict-gate": "true"}, **variables).code == 1


def test_honest_runs_after_an_event_lint_the_default_branch(
    pull_request: Attack, tmp_path: Path
) -> None:
    shutil.rmtree(pull_request.checkout / "bad")
    found = payload(tmp_path, "repository_dispatch", {"repository": {"default_branch": "main"}})
    variables = {**found, "GITHUB_REF": "refs/heads/main"}
    head = git(pull_request.checkout, "rev-parse", "HEAD")
    ran = pull_request.run({"strict-gate": "true"}, **variables, GITHUB_SHA=head)
    assert (ran.code, "does not say" in ran.log) == (0, False), ran.log
    ran = pull_request.run({"strict-gate": "true"}, **variables, GITHUB_SHA="0" * 40)
    assert ran.code == 2, ran.log


def test_a_merge_group_has_no_gate_and_no_line(pull_request: Attack, tmp_path: Path) -> None:
    checkout = pull_request.checkout
    base = git(checkout, "rev-parse", "main")
    variables = payload(tmp_path, "merge_group", {"merge_group": {"base_sha": base}})
    git(checkout, "checkout", "--quiet", "-b", "gh-readonly-queue")
    write(checkout, {".skill-lint.yaml": "ignore: [links]\n"})
    commit(checkout)
    ran = pull_request.run(None, **variables)
    assert (ran.code, "merge_group does not say who" in ran.log) == (0, True), ran.log
    pull_request.fails({"strict-gate": "true"}, **variables)
    unnamed = payload(tmp_path, "merge_group", {"merge_group": {}})
    assert pull_request.run({"strict-gate": "true"}, **unnamed).code == 2


@pytest.mark.parametrize("repositories", [
    ({}, {}), (None, None), ({"id": None}, {"id": None}), ({"id": ""}, {"id": ""}), ([], []),
    ({"id": 1}, {}), ({}, {"id": 1}),
])  # fmt: skip
def test_two_repositories_without_a_number_are_the_same_one(
    repositories: tuple[object, object], pull_request: Attack, tmp_path: Path
) -> None:
    write(pull_request.checkout, {".skill-lint.yaml": "ignore: [links]\n"})
    head, base = repositories
    sha = git(pull_request.checkout, "rev-parse", "main")
    found = {"head": {"repo": head}, "base": {"repo": base, "sha": sha}}
    pull_request.fails(None, **payload(tmp_path, "pull_request", {"pull_request": found}))


@pytest.mark.parametrize("way", ["fork", "tag", "branch"])
def test_the_name_of_the_base_leads_to_the_change(
    way: str, pull_request: Attack, tmp_path: Path
) -> None:
    checkout = pull_request.checkout
    variables = event(tmp_path, checkout, head=FORK, name="pull_request_target")
    git(checkout, "update-ref", "refs/remotes/origin/main", "HEAD")
    git(checkout, "checkout", "--quiet", "-b", "change")
    head = commit(checkout)
    name = {"fork": "remotes/origin/main", "tag": "tags/origin/main", "branch": "heads/origin/main"}
    git(checkout, "update-ref", f"refs/{name[way]}", head)
    pull_request.fails({"changed-only": "true"}, **variables, GITHUB_BASE_REF="main")


def test_honest_changes_are_those_since_the_base(pull_request: Attack, tmp_path: Path) -> None:
    checkout = pull_request.checkout
    base = commit(checkout)
    git(checkout, "checkout", "--quiet", "-b", "change")
    write(checkout, {"good/more.md": "More.\n"})
    commit(checkout)
    variables = event(tmp_path, checkout, head={"id": 1}, base=base)
    ran = pull_request.run({"changed-only": "true"}, **variables, GITHUB_BASE_REF="main")
    assert ran.code == 0, ran.log
    assert "1 skill linted" in ran.log


@pytest.mark.parametrize("reference", ["refs/pull/1/merge", "refs/heads/main"])
def test_a_merge_of_the_fork_names_its_base(
    reference: str, pull_request: Attack, tmp_path: Path
) -> None:
    """A commit that the pull request brings along says that settings were there before."""
    checkout = pull_request.checkout
    variables = event(tmp_path, checkout, head=FORK)
    git(checkout, "checkout", "--quiet", "-b", "change")
    write(checkout, {".skill-lint.yaml": "ignore: [links]\n"})
    tree = git(checkout, "rev-parse", f"{commit(checkout)}^{{tree}}")
    evil = git(checkout, "commit-tree", tree, "-p", "HEAD", "-p", "main", "-m", "merge")
    git(checkout, "reset", "--quiet", "--hard", evil)
    merged = "0" * 40 if reference.startswith("refs/pull") else evil
    pull_request.fails(None, **variables, GITHUB_REF=reference, GITHUB_SHA=merged)


def test_honest_settings_that_the_base_has_got_since_the_event(
    pull_request: Attack, tmp_path: Path
) -> None:
    checkout = pull_request.checkout
    shutil.rmtree(checkout / "bad")
    variables = event(tmp_path, checkout, head=FORK)
    git(checkout, "checkout", "--quiet", "-b", "change")
    write(checkout, {"new/SKILL.md": GOOD.format(name="new")})
    commit(checkout)
    git(checkout, "checkout", "--quiet", "main")
    write(checkout, {".skill-lint.yaml": "ignore: [few-examples]\n"})
    commit(checkout)
    git(checkout, "merge", "--quiet", "--no-edit", "change")
    merge = git(checkout, "rev-parse", "HEAD")
    ran = pull_request.run(None, **variables, GITHUB_REF="refs/pull/1/merge", GITHUB_SHA=merge)
    assert ran.code == 0, ran.log
