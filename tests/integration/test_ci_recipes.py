"""The recipes of docs/ci: judged by the schemas of the servers, and their commands run in a shell.

A pull request adds two broken links to a repository with old ones. The servers themselves do not
run here: the test sets the variables that they set, and `pip` does not install.
"""

import json
import os
import re
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Any, NamedTuple

import pytest
import yaml

from skill_lint import __version__
from tests.support.tools import program

ROOT = Path(__file__).parents[2]
RECIPES = ROOT / "docs" / "ci"
SUPER_LINTER = RECIPES / "super-linter.yml"
DESCRIPTOR = RECIPES / "mega-linter-plugin-skill-lint/skill-lint.megalinter-descriptor.yml"
SCHEMAS = {
    "gitlab-ci.yml": "gitlab-ci",
    "azure-pipelines.yml": "azure-pipelines",
    "bitbucket-pipelines.yml": "bitbucket-pipelines",
    "circleci.yml": "circle-ci",
    "super-linter.yml": "github-workflows",
}
SKILL = "---\nname: {name}\ndescription: Use when a form is filled in for {name}.\n---\n\n# T\n\n"
OLD, NEW = "[x](old-{name}.md)\n", "\n[y](new-{name}.md)\n"

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(not RECIPES.exists(), reason="not in a checkout"),
]


def git(folder: Path, *words: str) -> str:
    identity = ["-c", "user.name=t", "-c", "user.email=t@example.com", "-c", "commit.gpgsign=false"]
    done = subprocess.run(
        ["git", *identity, *words], cwd=folder, check=True, capture_output=True, text=True
    )
    return done.stdout.strip()


@pytest.fixture
def checkout(tmp_path: Path) -> Path:
    """A clone in which the branch `topic` adds a broken link to two of three skills."""
    origin = tmp_path / "origin"
    origin.mkdir()
    git(origin, "init", "--quiet", "--initial-branch=main")
    for name in ("a", "b", "c"):
        write(origin / name / "SKILL.md", (SKILL + OLD).format(name=name))
    commit(origin)
    git(origin, "switch", "--quiet", "--create", "topic")
    for name in ("a", "b"):
        write(origin / name / "SKILL.md", (SKILL + OLD + NEW).format(name=name))
    commit(origin)
    git(tmp_path, "clone", "--quiet", "--branch=topic", str(origin), "checkout")
    return tmp_path / "checkout"


def write(file: Path, text: str) -> None:
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(text, encoding="utf-8")


def commit(folder: Path) -> None:
    git(folder, "add", "--all")
    git(folder, "commit", "--quiet", "--message=x")


class Server(NamedTuple):
    """The script of a recipe, and the variables of a pull request and of the main branch."""

    script: str
    pull_request: Mapping[str, str]
    main: Mapping[str, str]


def gitlab(checkout: Path) -> Server:
    job = load("gitlab-ci.yml")["skill-lint"]
    base = git(checkout, "merge-base", "refs/remotes/origin/main", "HEAD")
    return Server("\n".join(job["script"]), {"CI_MERGE_REQUEST_DIFF_BASE_SHA": base}, {})


def azure(checkout: Path) -> Server:
    steps = load("azure-pipelines.yml")["steps"]
    script = next(step["bash"] for step in steps if "bash" in step)
    if git(checkout, "rev-parse", "HEAD") != git(checkout, "rev-parse", "refs/remotes/origin/main"):
        # Azure merges the pull request into the target branch.
        git(checkout, "switch", "--quiet", "--detach", "refs/remotes/origin/main")
        git(checkout, "merge", "--quiet", "--no-ff", "--no-edit", "topic")
    return Server(script, {"BUILD_REASON": "PullRequest"}, {"BUILD_REASON": "IndividualCI"})


def bitbucket(_: Path) -> Server:
    pipelines = load("bitbucket-pipelines.yml")["pipelines"]
    step = pipelines["pull-requests"]["**"][0]["step"]
    assert pipelines["branches"]["main"][0]["step"] == step
    return Server("\n".join(step["script"]), {"BITBUCKET_PR_DESTINATION_BRANCH": "main"}, {})


def circleci(_: Path) -> Server:
    steps = load("circleci.yml")["jobs"]["skill-lint"]["steps"]
    script = next(step["run"]["command"] for step in steps if "run" in step)
    return Server(script, {"CIRCLE_BRANCH": "topic"}, {"CIRCLE_BRANCH": "main"})


def jenkins(_: Path) -> Server:
    found = re.findall(r"sh '''(.*?)'''", (RECIPES / "Jenkinsfile").read_text("utf-8"), re.DOTALL)
    assert len(found) == 1
    # Groovy reads `\\` as `\`.
    return Server(found[0].replace("\\\\", "\\"), {"CHANGE_TARGET": "main"}, {})


SERVERS = [gitlab, azure, bitbucket, circleci, jenkins]


def load(name: str) -> Any:
    return yaml.safe_load((RECIPES / name).read_text("utf-8"))


def run(script: str, checkout: Path, variables: Mapping[str, str]) -> int:
    """Run a script as the servers do. Its `pip` notes what it is to install, and does nothing."""
    bin_ = checkout.parent / "user" / "bin"
    command = f'#!/bin/sh\nexec {sys.executable} -P -m skill_lint "$@"\n'
    pip = f'#!/bin/sh\necho "$@" >> {checkout.parent}/installed\n'
    for name, text in {"skill-lint": command, "pip": pip}.items():
        write(bin_ / name, text)
        (bin_ / name).chmod(0o755)
    kept = {name: value for name, value in os.environ.items() if not name.startswith("GIT")}
    environment = {
        **kept, "PATH": f"{bin_}{os.pathsep}{os.environ['PATH']}", "PYTHONPATH": str(ROOT),
        "PYTHONUSERBASE": str(bin_.parent), **variables,
    }  # fmt: skip
    done = subprocess.run(
        ["bash", "-eo", "pipefail", "-c", script], cwd=checkout, env=environment, check=False
    )
    return done.returncode


def junit(checkout: Path) -> str:
    """The JUnit report, wherever the recipe writes it; it is deleted."""
    (file,) = checkout.rglob("skill-lint.xml")
    text = file.read_text("utf-8")
    file.unlink()
    return text


@pytest.mark.parametrize("server", SERVERS)
def test_a_pull_request_fails_for_what_it_adds(server: Any, checkout: Path) -> None:
    script, pull_request, _ = server(checkout)
    assert run(script, checkout, pull_request) == 1
    report = junit(checkout)
    assert sorted(set(re.findall(r"(?:old|new)-\w\.md", report))) == ["new-a.md", "new-b.md"]
    installed = (checkout.parent / "installed").read_text("utf-8")
    assert f"git+https://github.com/skill-lint/skill-lint@v{__version__}" in installed


@pytest.mark.parametrize("server", SERVERS)
def test_the_main_branch_is_linted_as_a_whole(server: Any, checkout: Path) -> None:
    git(checkout, "switch", "--quiet", "main")
    script, pull_request, main = server(checkout)
    assert run(script, checkout, main) == 1
    assert sorted(set(re.findall(r"(?:old|new)-\w\.md", junit(checkout)))) == [
        "old-a.md", "old-b.md", "old-c.md"
    ]  # fmt: skip
    if server is not azure:
        assert run(script, checkout, pull_request) == 0, "nothing has changed"


@pytest.mark.parametrize("server", SERVERS)
def test_a_repository_without_skills_passes(server: Any, checkout: Path) -> None:
    script, _, main = server(checkout)
    git(checkout, "rm", "-r", "--quiet", "a", "b", "c")
    assert run(script, checkout, main) == 0


def test_gitlab_compares_whole_reports(checkout: Path) -> None:
    script, pull_request, _ = gitlab(checkout)
    run(script, checkout, pull_request)
    report = json.loads((checkout / "gl-code-quality-report.json").read_text("utf-8"))
    text = json.dumps(report)
    assert all(f"{name}.md" in text for name in ("old-a", "old-b", "old-c", "new-a", "new-b"))


def test_mega_linter_runs_the_plugin(checkout: Path) -> None:
    """MegaLinter puts the arguments into this order, and counts by these expressions."""
    descriptor = yaml.safe_load(DESCRIPTOR.read_text("utf-8"))
    assert re.fullmatch("|".join(descriptor["file_names_regex"]), "SKILL.md")
    (linter,) = descriptor["linters"]
    assert linter["cli_lint_mode"] == "project"
    sarif = checkout.parent / "out.sarif"
    words = [*linter["cli_lint_extra_args"], *linter["cli_sarif_args"]]
    words = [word.replace("{{SARIF_OUTPUT_FILE}}", str(sarif)) for word in words]
    command = [sys.executable, "-P", "-m", "skill_lint", *words]
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    done = subprocess.run(
        command, cwd=checkout, env=environment, capture_output=True, text=True, check=False
    )
    assert done.returncode == 1
    results = json.loads(sarif.read_text("utf-8"))["runs"][0]["results"]
    for level in ("error", "warning"):
        found = re.findall(linter[f"cli_lint_{level}s_regex"], done.stdout)
        assert len(found) == sum(each["level"] == level for each in results)
    assert "error" in {each["level"] for each in results}
    asked = (linter["cli_lint_fix_arg_name"], linter["cli_help_arg_name"])
    help_ = subprocess.run(
        [sys.executable, "-P", "-m", "skill_lint", "check", asked[1]],
        env=environment, capture_output=True, text=True, check=True,
    )  # fmt: skip
    assert asked[0] in help_.stdout


def test_mega_linter_takes_the_name_of_the_plugin() -> None:
    (address,) = load("mega-linter.yml")["PLUGINS"]
    assert address.endswith(f"/v{__version__}/{DESCRIPTOR.relative_to(ROOT).as_posix()}")
    assert "/mega-linter-plugin-" in address
    assert address.endswith(".megalinter-descriptor.yml")


@pytest.mark.parametrize("name", SCHEMAS)
def test_the_schema_of_the_server_is_met(name: str) -> None:
    # The patterns of Bitbucket's schema are not ECMAScript.
    judge = [program("check-jsonschema"), "--regex-variant", "python", "--builtin-schema"]
    check([*judge, f"vendor.{SCHEMAS[name]}", str(RECIPES / name)])


def test_the_workflow_with_super_linter_is_safe() -> None:
    check([program("actionlint"), "-oneline", str(SUPER_LINTER)])
    judge = [program("zizmor"), "--offline", "--persona", "auditor", "--no-progress"]
    check([*judge, str(SUPER_LINTER)])


def check(command: list[str]) -> None:
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
