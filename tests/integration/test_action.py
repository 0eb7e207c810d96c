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
ACTIONS = [ROOT / "action.yml", ROOT / "review" / "action.yml"]
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


def test_a_repository_without_skills(tmp_path: Path) -> None:
    (tmp_path / "workspace").mkdir()
    found = lint_step(tmp_path / "workspace", tmp_path / "temp")
    assert found.code == 0, found.log
    assert "no skill" in found.log


def test_a_working_directory(workspace: Path, tmp_path: Path) -> None:
    """Paths count from it, but annotations from the repository."""
    (workspace / ".git").mkdir()
    found = lint_step(
        workspace, tmp_path / "temp", working_directory="skills", paths="a", sarif_file="x.sarif"
    )
    assert found.code == 1, found.log
    assert "::error file=skills/a/SKILL.md" in found.log
    assert (workspace / "x.sarif").exists()
    found = lint_step(workspace, tmp_path / "temp", working_directory="skills/none")
    assert found.code == 2
    assert "the input `working-directory` names no folder of the checkout" in found.log


def test_rules_a_format_and_more_options(workspace: Path, tmp_path: Path) -> None:
    quoted = "--severity 'broken-link=warning'\n--quiet"
    found = lint_step(
        workspace, tmp_path / "temp",
        select="broken-link", output_format="concise", args=quoted, paths="skills/a",
    )  # fmt: skip
    assert found.code == 0, found.log
    assert found.log.count("\n") == 1
    assert "skills/a/SKILL.md:8:5: warning" in found.log
    found = lint_step(workspace, tmp_path / "temp", ignore="all", paths="skills/a")
    assert found.code == 0, found.log


def test_a_baseline(workspace: Path, tmp_path: Path) -> None:
    command = [sys.executable, "-m", "skill_lint", "baseline", "--baseline", "old.json"]
    subprocess.run(command, cwd=workspace, check=True, capture_output=True)
    assert lint_step(workspace, tmp_path / "temp").code == 1
    found = lint_step(workspace, tmp_path / "temp", baseline="old.json")
    assert found.code == 0, found.log


OWN = {
    "GITHUB_SERVER_URL": "https://github.com", "GITHUB_REPOSITORY": "owner/name",
    "GITHUB_SHA": "0" * 40,
}  # fmt: skip


@pytest.mark.parametrize("url", ["https://github.com/owner/name", "git@github.com:Owner/name.git"])
def test_the_summary_links_to_lines_at_the_commit(
    url: str, workspace: Path, tmp_path: Path
) -> None:
    commit = committed(workspace, url)
    found = lint_step(workspace, tmp_path / "temp", working_directory="skills", **OWN)
    line = f"https://github.com/owner/name/blob/{commit}/skills/b%20c/SKILL.md?plain=1#L8"
    assert f"]({line})" in found.summary


def test_a_checkout_of_another_repository_has_no_links(workspace: Path, tmp_path: Path) -> None:
    committed(workspace, "https://github.com/other/name")
    found = lint_step(workspace, tmp_path / "temp", **OWN)
    assert "### " in found.summary
    assert "/blob/" not in found.summary.replace("/blob/main/docs/rules.md", "")


def committed(workspace: Path, url: str) -> str:
    """The commit of a checkout whose origin has this URL."""
    identity = ("-c", "user.name=t", "-c", "user.email=t@example.com", "-c", "commit.gpgsign=false")
    for words in (("init", "--quiet"), ("remote", "add", "origin", url), ("add", "--all"),
                  (*identity, "commit", "--quiet", "--message=All")):  # fmt: skip
        subprocess.run(["git", *words], cwd=workspace, check=True)
    command = ["git", "rev-parse", "HEAD"]
    return subprocess.check_output(command, cwd=workspace, text=True).strip()


@pytest.mark.slow
def test_zizmor_finds_nothing() -> None:
    files = map(str, [*ACTIONS, *WORKFLOWS])
    check([program("zizmor"), "--offline", "--persona", "auditor", "--no-progress", *files])


@pytest.mark.slow
def test_actionlint_finds_nothing() -> None:
    check([program("actionlint"), "-oneline", *map(str, WORKFLOWS)])


@pytest.mark.slow
def test_the_schemas_of_github_are_met() -> None:
    validate = program("check-jsonschema")
    check([validate, "--builtin-schema", "vendor.github-actions", *map(str, ACTIONS)])
    workflows = map(str, WORKFLOWS)
    check([validate, "--builtin-schema", "vendor.github-workflows", *workflows])


def check(command: list[str]) -> None:
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
