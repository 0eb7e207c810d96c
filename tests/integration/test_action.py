"""The GitHub action: its steps run as the runner runs them, and its files judged by linters."""

import os
import re
import subprocess
import sys
from pathlib import Path
from typing import Any, NamedTuple

import pytest
import yaml

from skill_lint.cache.database import Database
from tests.support.tools import program

ROOT = Path(__file__).parents[2]
FOLDERS = (ROOT / "docs" / "workflows", ROOT / ".github" / "workflows")
WORKFLOWS = sorted(path for folder in FOLDERS for path in folder.glob("*.yml"))
SKILL = "---\nname: {name}\ndescription: Use when testing.\n---\n\n# Title\n\n[x](gone.md)\n"

pytestmark = pytest.mark.skipif(not (ROOT / "action.yml").exists(), reason="not in a checkout")


class Run(NamedTuple):
    code: int
    log: str
    outputs: dict[str, str]
    summary: str


def read_outputs(text: str) -> dict[str, str]:
    blocks = re.findall(r"^([\w-]+)<<(\S+)\n(.*?)\n?\2$", text, re.DOTALL | re.MULTILINE)
    plain = re.findall(r"^([\w-]+)=(.*)$", text, re.MULTILINE)
    return {**dict(plain), **{name: value for name, _, value in blocks}}


def run_action(workspace: Path, temporary: Path, **inputs: str) -> Run:
    """Run the bash steps of action.yml with the environment that the runner gives them."""
    action = yaml.safe_load((ROOT / "action.yml").read_text("utf-8"))
    assert {name.replace("_", "-") for name in inputs} <= action["inputs"].keys()
    given = {name.replace("_", "-"): value for name, value in inputs.items()}
    defaults = {name: spec["default"] for name, spec in action["inputs"].items()}
    known = {f"inputs.{name}": value for name, value in {**defaults, **given}.items()}
    temporary.mkdir(exist_ok=True)
    summary, log, code = temporary / "summary.md", "", 0
    for number, step in enumerate(action["runs"]["steps"]):
        if "run" not in step:
            continue
        assert "${{" not in step["run"], "an input in a script is a way in"
        output = temporary / f"output-{number}"
        output.touch()
        values = {key: resolve(value, known) for key, value in step["env"].items()}
        environment = {
            **{name: os.environ[name] for name in ("PATH", "HOME") if name in os.environ},
            "GITHUB_ACTIONS": "true",
            "GITHUB_ACTION_PATH": str(ROOT),
            "GITHUB_OUTPUT": str(output),
            "GITHUB_STEP_SUMMARY": str(summary),
            "RUNNER_TEMP": str(temporary),
            **values,
        }
        command = ["bash", "--noprofile", "--norc", "-eo", "pipefail", "-c", step["run"]]
        done = subprocess.run(
            command, cwd=workspace, env=environment, capture_output=True, text=True, check=False
        )
        log, code = log + done.stdout + done.stderr, done.returncode
        found = read_outputs(output.read_text("utf-8"))
        known |= {f"steps.{step['id']}.outputs.{name}": value for name, value in found.items()}
        if code:
            break
    outputs = {name: resolve(spec["value"], known) for name, spec in action["outputs"].items()}
    return Run(code, log, outputs, summary.read_text("utf-8") if summary.exists() else "")


def resolve(value: Any, known: dict[str, str]) -> str:
    return re.sub(r"\$\{\{\s*(.*?)\s*\}\}", lambda match: known.get(match[1], ""), str(value))


@pytest.fixture
def workspace(tmp_path: Path) -> Path:
    folder = tmp_path / "workspace"
    for name in ("a", "b c"):
        (folder / "skills" / name).mkdir(parents=True)
        text = SKILL.format(name=name)
        (folder / "skills" / name / "SKILL.md").write_text(text, encoding="utf-8")
    return folder


@pytest.mark.slow
def test_the_steps(workspace: Path, tmp_path: Path) -> None:
    found = run_action(workspace, tmp_path / "temp", paths="skills/a", preset="agentskills",
                       fail_on="warning", python_version="")  # fmt: skip
    assert found.code == 1, found.log
    assert "::warning file=skills/a/SKILL.md,line=8,endLine=8,col=5" in found.log
    assert found.outputs["exit-code"] == "1"
    assert (found.outputs["errors"], found.outputs["warnings"]) == ("0", "1")
    assert Path(found.outputs["sarif-file"]).exists()
    assert "### skills/a" in found.summary
    assert cached(tmp_path / "temp") == 1


def cached(temporary: Path) -> int:
    """How many results the folder holds that the action's cache step keeps from run to run."""
    steps = yaml.safe_load((ROOT / "action.yml").read_text("utf-8"))["runs"]["steps"]
    path = next(step for step in steps if step["id"] == "cache")["with"]["path"]
    database = Database(path.replace("${{ runner.temp }}", str(temporary)), 0)
    return database.totals()[0]


def lint_step(workspace: Path, temporary: Path, **environment: str) -> Run:
    """The lint step alone, with the Python of the tests."""
    temporary.mkdir(exist_ok=True)
    output, summary = temporary / "output", temporary / "summary.md"
    output.write_text("", encoding="utf-8")
    values = {
        "PATH": os.environ["PATH"],
        "RUNNER_TEMP": str(temporary),
        "GITHUB_OUTPUT": str(output),
        "GITHUB_STEP_SUMMARY": str(summary),
        **environment,
    }
    done = subprocess.run(
        [sys.executable, str(ROOT / "action" / "run.py")],
        cwd=workspace, env=values, capture_output=True, text=True, check=False,
    )  # fmt: skip
    page = summary.read_text("utf-8") if summary.exists() else ""
    outputs = read_outputs(output.read_text("utf-8"))
    return Run(done.returncode, done.stdout + done.stderr, outputs, page)


def test_inputs_stay_inert(workspace: Path, tmp_path: Path) -> None:
    hostile = "skills/a\n\nskills/b c\n; touch x; $(touch y) `touch z`\n--output=json=w\n"
    found = lint_step(workspace, tmp_path / "temp", SKILL_LINT_PATHS=hostile,
                      SKILL_LINT_PRESET="$(touch p)")  # fmt: skip
    assert found.code == 2
    assert "there is no preset `$(touch p)`" in found.log
    found = lint_step(workspace, tmp_path / "temp", SKILL_LINT_PATHS=hostile)
    assert found.code == 2
    assert "; touch x; $(touch y) `touch z`: there is no such file or folder" in found.log
    assert found.outputs["exit-code"] == "2"
    assert sorted(path.name for path in workspace.iterdir()) == ["skills"]


def test_several_paths_and_a_sarif_file(workspace: Path, tmp_path: Path) -> None:
    found = lint_step(
        workspace,
        tmp_path / "temp",
        SKILL_LINT_PATHS="skills/a\n  skills/b c  \n",
        SKILL_LINT_SARIF_FILE="out/skills.sarif",
        SKILL_LINT_FAIL_ON="never",
    )
    assert found.code == 0, found.log
    assert (workspace / "out" / "skills.sarif").exists()
    assert found.outputs["sarif-file"] == "out/skills.sarif"
    assert "skills/b c" in found.summary


def test_changed_only_needs_the_history(workspace: Path, tmp_path: Path) -> None:
    found = lint_step(workspace, tmp_path / "temp", SKILL_LINT_PATHS=".",
                      SKILL_LINT_CHANGED_ONLY="true", GITHUB_BASE_REF="main")  # fmt: skip
    assert found.code == 2
    assert "--changed-since needs a git checkout" in found.log


@pytest.mark.slow
def test_zizmor_finds_nothing() -> None:
    files = map(str, [ROOT / "action.yml", *WORKFLOWS])
    check([program("zizmor"), "--offline", "--persona", "auditor", "--no-progress", *files])


@pytest.mark.slow
def test_actionlint_finds_nothing() -> None:
    check([program("actionlint"), "-oneline", *map(str, WORKFLOWS)])


@pytest.mark.slow
def test_the_schemas_of_github_are_met() -> None:
    validate = program("check-jsonschema")
    check([validate, "--builtin-schema", "vendor.github-actions", str(ROOT / "action.yml")])
    workflows = map(str, WORKFLOWS)
    check([validate, "--builtin-schema", "vendor.github-workflows", *workflows])


def check(command: list[str]) -> None:
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
