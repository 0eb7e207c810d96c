"""What the attacks on the action share: a checkout, and the action's real steps.

Every module of a checkout that is imported leaves a file, and ends its process as if all were well.
"""

import json
import shutil
from collections.abc import Iterator, Mapping
from pathlib import Path

import pytest

from tests.security.conftest import BROKEN, GOOD, TREE, git, write
from tests.support.action import Run, run_action

BAD = {"bad/SKILL.md": BROKEN.format(name="bad")}
DEFAULTS = {"python-version": ""}
EVIL = "import os\nopen({marker!r}, 'a').write(__name__ + ' ')\nos._exit(0)\n"


class Attack:
    """A checkout with a broken skill, which the steps of the action must report."""

    def __init__(self, folder: Path, installed: Mapping[str, str]) -> None:
        self.checkout, self.temporary = folder / "work" / "repository", folder / "work" / "_temp"
        self.marker = folder / "marker"
        self.installed = installed
        self.temporary.mkdir(parents=True)
        write(self.checkout, BAD)

    def evil(self, *names: str) -> None:
        """Add modules that leave a file when they are imported."""
        write(self.checkout, dict.fromkeys(names, EVIL.format(marker=str(self.marker))))

    def script(self, *names: str) -> None:
        """Add programs that leave a file when they are run."""
        write(self.checkout, dict.fromkeys(names, f"#!/bin/sh\necho $0 >> {self.marker}\n"))
        for name in names:
            (self.checkout / name).chmod(0o755)

    def run(self, inputs: Mapping[str, str] | None = None, **variables: str) -> Run:
        """Run the steps; all but those of an earlier installation."""
        given = {**DEFAULTS, **(inputs or {})}
        return run_action(TREE, self.checkout, self.temporary, given,
                          known=self.installed, variables=variables)  # fmt: skip

    def fails(self, inputs: Mapping[str, str] | None = None, **variables: str) -> None:
        """Run the steps; nothing of the checkout runs, and the broken skill is reported."""
        ran = self.run(inputs, **variables)
        executed = self.marker.read_text() if self.marker.exists() else ""
        assert not executed, executed
        assert ran.code == 1, ran.log
        assert "::error file=bad/SKILL.md" in ran.log
        assert ran.outputs["exit-code"] == "1"


@pytest.fixture(scope="session")
def installed(tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    """What the step `install` has put out, in a checkout without an attack."""
    folder = tmp_path_factory.mktemp("installed")
    write(folder / "checkout", {"a/SKILL.md": GOOD.format(name="a")})
    ran = run_action(TREE, folder / "checkout", folder / "temp", DEFAULTS)
    assert ran.code == 0, ran.log
    return {name: value for name, value in ran.known.items() if name.startswith("steps.install.")}


@pytest.fixture
def attack(tmp_path: Path, installed: dict[str, str]) -> Iterator[Attack]:
    yield Attack(tmp_path, installed)
    shutil.rmtree(tmp_path / "work", ignore_errors=True)


@pytest.fixture
def new(tmp_path: Path) -> Iterator[Attack]:
    """An attack on the installation as well."""
    yield Attack(tmp_path, {})
    shutil.rmtree(tmp_path / "work", ignore_errors=True)


FORK: Mapping[str, object] = {"id": 2}
"""A repository that is not the base."""


def event(
    folder: Path, checkout: Path, *, head: object, base: str = "", name: str = "pull_request"
) -> dict[str, str]:
    """The variables of a run for a pull request."""
    sha = base or git(checkout, "rev-parse", "main")
    pull_request = {"base": {"sha": sha, "repo": {"id": 1}}, "head": {"repo": head}}
    file = folder / "event.json"
    file.write_text(json.dumps({"pull_request": pull_request}))
    return {"GITHUB_EVENT_NAME": name, "GITHUB_EVENT_PATH": str(file)}


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


def commit(checkout: Path) -> str:
    git(checkout, "add", "--all")
    git(checkout, "commit", "--quiet", "--allow-empty", "--message=Change")
    return git(checkout, "rev-parse", "HEAD")


def cloned(pull_request: Attack, folder: Path, *options: str) -> Path:
    """Put a clone of the branch `change` in place of the checkout; returns where that is now."""
    commit(pull_request.checkout)
    origin = folder / "origin"
    pull_request.checkout.rename(origin)
    for name in ("allowFilter", "allowAnySHA1InWant"):
        git(origin, "config", f"uploadpack.{name}", "true")
    git(folder, "clone", "--quiet", *options, "--branch=change", f"file://{origin}",
        str(pull_request.checkout))  # fmt: skip
    return origin
