"""The GitHub action: its steps run as the runner runs them, and its files judged by linters."""

import subprocess
import sys
from pathlib import Path

import pytest
import yaml

from skill_lint.cache.database import Database
from tests.support.action import Run, run_action
from tests.support.tools import program

ROOT = Path(__file__).parents[2]
FOLDERS = (ROOT / "docs" / "workflows", ROOT / ".github" / "workflows")
WORKFLOWS = sorted(path for folder in FOLDERS for path in folder.glob("*.yml"))
SKILL = "---\nname: {name}\ndescription: Use when testing.\n---\n\n# Title\n\n[x](gone.md)\n"

pytestmark = pytest.mark.skipif(not (ROOT / "action.yml").exists(), reason="not in a checkout")


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
    inputs = {"paths": "skills/a", "preset": "agentskills", "fail-on": "warning"}
    found = run_action(ROOT, workspace, tmp_path / "temp", {**inputs, "python-version": ""})
    assert found.code == 1, found.log
    assert "::warning file=skills/a/SKILL.md,line=8,endLine=8,col=5" in found.log
    assert found.outputs["exit-code"] == "1"
    assert (found.outputs["errors"], found.outputs["warnings"]) == ("0", "1")
    assert Path(found.outputs["sarif-file"]).exists()
    assert "### `skills/a`" in found.summary
    assert cached(tmp_path / "temp") == 1


def cached(temporary: Path) -> int:
    """How many results the folder holds that the action's cache step keeps from run to run."""
    steps = yaml.safe_load((ROOT / "action.yml").read_text("utf-8"))["runs"]["steps"]
    path = next(step for step in steps if step["id"] == "cache")["with"]["path"]
    database = Database(path.replace("${{ runner.temp }}", str(temporary)), 0)
    return database.totals()[0]


def lint_step(workspace: Path, temporary: Path, **inputs: str) -> Run:
    """The lint step alone, with the Python of the tests."""
    given = {name.replace("_", "-"): value for name, value in inputs.items() if name.islower()}
    variables = {name: value for name, value in inputs.items() if name.isupper()}
    return run_action(
        ROOT, workspace, temporary, given, variables=variables,
        known={"steps.install.outputs.python": sys.executable},
    )  # fmt: skip


def test_inputs_stay_inert(workspace: Path, tmp_path: Path) -> None:
    hostile = "skills/a\n\nskills/b c\n; touch x; $(touch y) `touch z`\n--output=json=w\n"
    found = lint_step(workspace, tmp_path / "temp", paths=hostile,
                      preset="$(touch p)")  # fmt: skip
    assert found.code == 2
    assert "there is no preset `$(touch p)`" in found.log
    found = lint_step(workspace, tmp_path / "temp", paths=hostile)
    assert found.code == 2
    assert "; touch x; $(touch y) `touch z`: there is no such file or folder" in found.log
    assert found.outputs["exit-code"] == "2"
    assert sorted(path.name for path in workspace.iterdir()) == ["skills"]


def test_several_paths_and_a_sarif_file(workspace: Path, tmp_path: Path) -> None:
    found = lint_step(
        workspace,
        tmp_path / "temp",
        paths="skills/a\n  skills/b c  \n",
        sarif_file="out/skills.sarif",
        fail_on="never",
    )
    assert found.code == 0, found.log
    assert (workspace / "out" / "skills.sarif").exists()
    assert found.outputs["sarif-file"] == "out/skills.sarif"
    assert "skills/b c" in found.summary


def test_changed_only_needs_the_history(workspace: Path, tmp_path: Path) -> None:
    found = lint_step(workspace, tmp_path / "temp", paths=".",
                      changed_only="true", GITHUB_BASE_REF="main")  # fmt: skip
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
