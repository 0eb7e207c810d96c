"""Names of files that read as options, given by the real pre-commit and the real prek.

The hook's entry is that of `.pre-commit-hooks.yaml`; it runs the tree under test.
"""

import os
import shutil
import subprocess
import sys
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import pytest
import yaml

from tests.security.conftest import BROKEN, GOOD, TREE, Ran, git, write

MANIFEST = TREE / ".pre-commit-hooks.yaml"
BAD = {"bad/SKILL.md": BROKEN.format(name="bad")}
RUNNERS = {"pre-commit": [sys.executable, "-m", "pre_commit"], "prek": ["prek"]}

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(not MANIFEST.exists(), reason="not in a checkout"),
]

Make = Callable[[Mapping[str, str | bytes]], Path]
Hook = Callable[..., Ran]


@pytest.fixture(params=RUNNERS)
def hook(request: pytest.FixtureRequest, environment: dict[str, str], tmp_path: Path) -> Hook:
    """Commits everything in a repository, and runs one of the hooks on all its files."""
    program = RUNNERS[request.param]
    if program == ["prek"]:
        found = shutil.which("prek", path=str(Path(sys.executable).parent))
        if not found:
            pytest.skip("prek is not installed: pip install -e '.[ci]'")
        program = [found]
    command = tmp_path / "bin" / "skill-lint"
    write(
        command.parent, {"skill-lint": f'#!/bin/sh\nexec {sys.executable} -P -m skill_lint "$@"\n'}
    )
    command.chmod(0o755)
    variables = {
        **environment,
        "PATH": f"{command.parent}{os.pathsep}{environment['PATH']}",
        "PRE_COMMIT_HOME": str(tmp_path / "kept"),
        "PREK_HOME": str(tmp_path / "kept"),
    }

    def run(folder: Path, name: str = "skill-lint", *args: str) -> Ran:
        hooks: list[dict[str, Any]] = yaml.safe_load(MANIFEST.read_text("utf-8"))
        entry = next(each for each in hooks if each["id"] == name)
        chosen = {
            **entry,
            "language": "system",
            "verbose": True,
            **({"args": list(args)} if args else {}),
        }
        chosen.pop("minimum_pre_commit_version")
        config = {"repos": [{"repo": "local", "hooks": [chosen]}]}
        write(folder, {".pre-commit-config.yaml": yaml.safe_dump(config)})
        git(folder, "add", "--all")
        done = subprocess.run(
            [*program, "run", "--all-files"], cwd=folder, env=variables, capture_output=True,
            text=True, check=False,
        )  # fmt: skip
        return Ran(done.returncode, done.stdout, done.stderr)

    return run


NAMES = [
    "--fail-on=never", "--exit-zero", "--diff", "--list-skills", "-h", "--fix", "--isolated",
    "--no-cache", "--ignore=all", "--new-only", "--exit-zero/SKILL.md", "-h/a", "--", "-",
    "--config=bad/SKILL.md", "--owning-skills", "--version", "-q", "--quiet\n",
]  # fmt: skip


@pytest.mark.parametrize("name", NAMES)
def test_a_file_named_like_an_option_turns_the_hook_off(
    repository: Make, hook: Hook, name: str
) -> None:
    ran = hook(repository({**BAD, name: "x"}))
    assert ran.code == 1, ran.said
    assert "exit code: 2" in ran.said
    assert f"`{name.encode('unicode_escape').decode()}`" in ran.said
    assert "exclude: ^-" in ran.said


@pytest.mark.parametrize("name", ["--exit-zero", "--fix", "--unsafe-fixes"])
def test_a_file_named_like_an_option_makes_a_hook_write(
    repository: Make, hook: Hook, name: str
) -> None:
    fixable = BROKEN.format(name="bad").replace("Fills", '"Fills: x').replace("form.\n---", "form.")
    folder = repository({"bad/SKILL.md": fixable, name: "x"})
    before = (folder / "bad" / "SKILL.md").read_bytes()
    for each in ("skill-lint", "skill-lint-fix"):
        ran = hook(folder, each)
        assert "exit code: 2" in ran.said
        assert (folder / "bad" / "SKILL.md").read_bytes() == before


def test_a_folder_overwrites_a_file_anywhere(repository: Make, hook: Hook, tmp_path: Path) -> None:
    victim = write(tmp_path, {"victim": "precious"}) / "victim"
    ran = hook(repository({**BAD, f"--output=text={victim}": "x"}))
    assert "exit code: 2" in ran.said
    assert victim.read_text() == "precious"


def test_a_name_hides_behind_an_option_of_the_user(repository: Make, hook: Hook) -> None:
    folder = repository({**BAD, "--exit-zero": "x"})
    assert "exit code: 2" in hook(folder, "skill-lint", "--preset", "golden").said
    assert "exit code: 2" in hook(folder, "skill-lint", "--exit-zero").said


LINKS = {
    "escaping-skill-file": ("evil/SKILL.md", "/etc/passwd"),
    "broken-link": ("evil/SKILL.md", "../texts/evil.txt"),
    "escaping-symlink": ("good/references/x.md", "/etc/passwd"),
    "dangling-symlink": ("good/references/x.md", "gone.md"),
}
"""What is committed, and where it leads, by the rule that reports it."""


@pytest.mark.parametrize("rule", LINKS)
def test_what_is_committed_is_a_link(repository: Make, hook: Hook, rule: str) -> None:
    name, target = LINKS[rule]
    files: dict[str, str | bytes] = {
        "good/SKILL.md": GOOD.format(name="good"), "texts/evil.txt": BROKEN.format(name="evil"),
    }  # fmt: skip
    folder = repository(files)
    (folder / name).parent.mkdir(parents=True)
    (folder / name).symlink_to(target)
    ran = hook(folder, "skill-lint", "--fail-on=warning")
    assert (ran.code, rule in ran.said) == (1, True), ran.said


@pytest.mark.parametrize("name", ["skill-lint", "skill-lint-fix"])
def test_honest_links_to_skills_pass(repository: Make, hook: Hook, name: str) -> None:
    folder = repository({"skills/good/SKILL.md": GOOD.format(name="good")})
    (folder / ".agents/skills").mkdir(parents=True)
    (folder / ".agents/skills/good").symlink_to("../../skills/good")
    (folder / ".claude").symlink_to(".agents")
    (folder / "README").symlink_to("/nowhere")
    assert hook(folder, name).code == 0


def test_honest_options_of_the_user_go_on_working(repository: Make, hook: Hook) -> None:
    folder = repository({**BAD, "sub/--exit-zero": "x", "a--fix": "x"})
    ran = hook(folder, "skill-lint", "--preset", "golden")
    assert (ran.code, "broken-link" in ran.said) == (1, True), ran.said
    ran = hook(folder, "skill-lint", "--exit-zero")
    assert (ran.code, "broken-link" in ran.said) == (0, True), ran.said
    ran = hook(folder, "skill-lint", "--")
    assert (ran.code, "broken-link" in ran.said) == (1, True), ran.said


def test_honest_names_can_be_excluded_or_ended(repository: Make, hook: Hook) -> None:
    folder = repository({**BAD, "--exit-zero": "x", "-h": "x"})
    ran = hook(folder, "skill-lint", "--preset", "golden", "--")
    assert (ran.code, "broken-link" in ran.said) == (1, True), ran.said


def test_honest_skills_pass(repository: Make, hook: Hook) -> None:
    folder = repository({"good/SKILL.md": GOOD.format(name="good"), "help": "", "fix": ""})
    assert hook(folder).code == 0
    assert hook(folder, "skill-lint-all").code == 0
