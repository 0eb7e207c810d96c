"""Attacks by pull requests from forks on the action's gate."""

import json
import shutil
from collections.abc import Mapping
from pathlib import Path

import pytest

from tests.security.action.conftest import BAD, Attack
from tests.security.conftest import GOOD, TREE, git, write

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(not (TREE / "action.yml").exists(), reason="not in a checkout"),
]


def event(folder: Path, checkout: Path, *, head: object, base: str = "") -> dict[str, str]:
    """The variables of a run for a pull request."""
    sha = base or git(checkout, "rev-parse", "main")
    pull_request = {"base": {"sha": sha, "repo": {"id": 1}}, "head": {"repo": head}}
    file = folder / "event.json"
    file.write_text(json.dumps({"pull_request": pull_request}))
    return {"GITHUB_EVENT_NAME": "pull_request", "GITHUB_EVENT_PATH": str(file)}


FORK: Mapping[str, object] = {"id": 2}
SILENT = {
    "comment": {"bad/SKILL.md": "<!-- skill-lint: allow-file broken-link -->\n"},
    "configuration": {".skill-lint.yaml": "ignore: [broken-link]\n"},
    "exclusion": {"skill-lint.toml": 'exclude = ["bad"]\n'},
}


@pytest.fixture
def pull_request(attack: Attack) -> Attack:
    """A checkout of a branch that adds a broken skill to the owner's `main`."""
    for each in attack.checkout.iterdir():
        shutil.rmtree(each)
    git(attack.checkout, "init", "--quiet", "--initial-branch=main")
    write(attack.checkout, {"good/SKILL.md": GOOD.format(name="good")})
    git(attack.checkout, "add", "--all")
    git(attack.checkout, "commit", "--quiet", "--message=All")
    write(attack.checkout, BAD)
    return attack


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


def test_the_base_of_a_shallow_clone_is_fetched(pull_request: Attack, tmp_path: Path) -> None:
    """Honest use: actions/checkout fetches one commit."""
    write(pull_request.checkout, {".skill-lint.yaml": "ignore: [links]\n"})
    variables = event(tmp_path, pull_request.checkout, head=FORK)
    git(pull_request.checkout, "checkout", "--quiet", "-b", "change")
    git(pull_request.checkout, "add", "--all")
    git(pull_request.checkout, "commit", "--quiet", "--message=Change")
    origin = tmp_path / "origin"
    pull_request.checkout.rename(origin)
    git(tmp_path, "clone", "--quiet", "--depth=1", "--branch=change", f"file://{origin}",
        str(pull_request.checkout))  # fmt: skip
    pull_request.fails(None, **variables)
