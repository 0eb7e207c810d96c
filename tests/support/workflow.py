"""Runs a job of a workflow that uses the actions of this checkout, as GitHub's runner runs it."""

import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Any, NamedTuple

import yaml

from tests.support.action import resolve, run_action

ROOT = Path(__file__).parents[2]
CHECKOUT = "actions/checkout"
OURS = {"skill-lint/skill-lint": ROOT, "skill-lint/skill-lint/review": ROOT / "review"}


class Job(NamedTuple):
    """What a job left: whether all of its steps passed, and their log and summary."""

    is_passed: bool
    log: str
    summary: str


def run_job(
    workflow: str,
    workspace: Path,
    temporary: Path,
    variables: Mapping[str, str],
    known: Mapping[str, str],
) -> Job:
    """Run the only job of a workflow. The checkout is there already: `workspace`.

    skill-lint is not installed, but run by the Python of the tests. `known` are expressions, such
    as `github.token`.
    """
    (job,) = yaml.safe_load(workflow)["jobs"].values()
    found = dict(known)
    is_passed, log, summary = True, "", ""
    for step in job["steps"]:
        name = step["uses"].partition("@")[0]
        if name == CHECKOUT or not (is_passed or "!cancelled()" in step.get("if", "")):
            continue
        inputs = {key: resolve(value, found) for key, value in step.get("with", {}).items()}
        given = {"steps.install.outputs.python": sys.executable, **found}
        ran = run_action(OURS[name], workspace, temporary, inputs, known=given, variables=variables)
        found |= {
            f"steps.{step.get('id')}.outputs.{key}": text for key, text in ran.outputs.items()
        }
        is_passed, log, summary = is_passed and not ran.code, log + ran.log, ran.summary
    return Job(is_passed, log, summary)


def steps_of(workflow: str) -> list[Any]:
    """The steps of the only job, each without its name, and actions without their commit."""
    (job,) = yaml.safe_load(workflow)["jobs"].values()
    steps = [{**step, "uses": step["uses"].partition("@")[0]} for step in job["steps"]]
    return [{key: value for key, value in step.items() if key != "name"} for step in steps]
