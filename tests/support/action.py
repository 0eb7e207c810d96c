"""Runs the bash steps of an action.yml as GitHub's runner runs them."""

import os
import re
import subprocess
from collections.abc import Mapping
from pathlib import Path
from typing import Any, NamedTuple

import yaml


class Run(NamedTuple):
    """What the steps left: the code of the last one, its log, the action's outputs, the summary.

    `known` are the expressions that later steps can use, such as `steps.install.outputs.python`.
    """

    code: int
    log: str
    outputs: dict[str, str]
    summary: str
    known: dict[str, str]


def run_action(
    tree: Path,
    workspace: Path,
    temporary: Path,
    inputs: Mapping[str, str] | None = None,
    *,
    known: Mapping[str, str] | None = None,
    variables: Mapping[str, str] | None = None,
) -> Run:
    """Run the steps of `tree / "action.yml"` in a checkout, with the runner's temporary folder.

    `inputs` are those of the workflow; `variables` are added to the environment of the job.
    `known` are expressions of a run before; the steps whose outputs it has are not run again.
    """
    action = yaml.safe_load((tree / "action.yml").read_text("utf-8"))
    found = {**(known or {}), "runner.temp": str(temporary)}
    found |= _inputs(action, inputs or {}, found)
    temporary.mkdir(exist_ok=True)
    summary, log, code = temporary / "summary.md", "", 0
    for number, step in enumerate(action["runs"]["steps"]):
        if "run" not in step or f"steps.{step['id']}.outputs.python" in found:
            continue
        assert "${{" not in step["run"], "an input in a script is a way in"
        output = temporary / f"output-{number}"
        output.write_text("", encoding="utf-8")
        environment = {
            **{name: os.environ[name] for name in ("PATH", "HOME") if name in os.environ},
            **(variables or {}),
            "GITHUB_ACTIONS": "true",
            "GITHUB_ACTION_PATH": str(tree),
            "GITHUB_OUTPUT": str(output),
            "GITHUB_STEP_SUMMARY": str(summary),
            "GITHUB_WORKSPACE": str(workspace),
            "RUNNER_TEMP": str(temporary),
            **{key: resolve(value, found) for key, value in step["env"].items()},
        }
        place = resolve(step.get("working-directory", workspace), found)
        done = subprocess.run(
            ["bash", "--noprofile", "--norc", "-eo", "pipefail", "-c", step["run"]],
            cwd=place, env=environment, capture_output=True, text=True, check=False,
        )  # fmt: skip
        log, code = log + done.stdout + done.stderr, done.returncode
        written = read_outputs(output.read_text("utf-8"))
        found |= {f"steps.{step['id']}.outputs.{name}": value for name, value in written.items()}
        if code:
            break
    outputs = {
        name: resolve(spec["value"], found) for name, spec in action.get("outputs", {}).items()
    }
    page = summary.read_text("utf-8") if summary.exists() else ""
    return Run(code, log, outputs, page, found)


def _inputs(action: Any, given: Mapping[str, str], known: Mapping[str, str]) -> dict[str, str]:
    """The inputs as expressions: the given ones, and the defaults of the others."""
    assert given.keys() <= action["inputs"].keys()
    values = {name: resolve(spec["default"], known) for name, spec in action["inputs"].items()}
    return {f"inputs.{name}": value for name, value in {**values, **given}.items()}


def resolve(value: Any, known: Mapping[str, str]) -> str:
    """A text of the action with its expressions replaced; an unknown one is empty."""
    return re.sub(r"\$\{\{\s*(.*?)\s*\}\}", lambda match: known.get(match[1], ""), str(value))


def read_outputs(text: str) -> dict[str, str]:
    """What the runner reads from the file of a step's outputs."""
    blocks = re.findall(r"^([\w-]+)<<(\S+)\n(.*?)\n?\2$", text, re.DOTALL | re.MULTILINE)
    plain = re.findall(r"^([\w-]+)=(.*)$", text, re.MULTILINE)
    return {**dict(plain), **{name: value for name, _, value in blocks}}
