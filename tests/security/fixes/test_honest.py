"""What an honest person fixes goes on working."""

import os
import subprocess
import sys
import time
from pathlib import Path

import pytest

from tests.security.conftest import GOOD, Lint, git, write
from tests.security.fixes.conftest import (
    FIX,
    FIXABLE,
    MIGRATE,
    REFERENCE,
    V1,
    Make,
    skill,
    state,
)

# What an honest person does. Each of these held before.


@pytest.mark.parametrize("absolute", [True, False])
def test_honest_a_link_to_another_file_of_the_skill_is_followed(
    absolute: bool, repository: Make, lint: Lint
) -> None:
    """As AGENTS.md is often a link to CLAUDE.md."""
    checkout = repository(skill("x", {"text/real.md": FIXABLE.format(name="x")}))
    file = checkout / "x" / "SKILL.md"
    file.unlink()
    file.symlink_to(checkout / "x/text/real.md" if absolute else "text/real.md")
    assert lint(checkout, *FIX, "x", "--select", "invalid-yaml").code == 0
    assert file.is_symlink()
    assert '"' in (checkout / "x" / "text" / "real.md").read_text()


@pytest.mark.parametrize("words", [[], [".agents/skills"], [".agents/skills/x"], [".claude/x"]])
def test_honest_links_within_the_checkout_lead_to_the_skill(
    words: list[str], repository: Make, lint: Lint
) -> None:
    checkout = repository({f"skills/{name}": text for name, text in skill("x").items()})
    (checkout / ".agents" / "skills").mkdir(parents=True)
    (checkout / ".agents" / "skills" / "x").symlink_to("../../skills/x")
    (checkout / ".claude").symlink_to(".agents/skills")
    git(checkout, "add", "--all")
    assert lint(checkout, *FIX, *words).code == 0
    assert '"' in (checkout / "skills" / "x" / "SKILL.md").read_text()


@pytest.mark.parametrize("where", ["home", "checkout"])
def test_honest_links_outside_of_a_checkout_lead_to_the_skill(
    where: str, repository: Make, tmp_path: Path, lint: Lint
) -> None:
    checkout = repository(skill("x"))
    (tmp_path / "work").symlink_to(checkout)
    (tmp_path / "mine").symlink_to(checkout / "x")
    here = tmp_path / where
    assert lint(here, *FIX, str(tmp_path / "work" / "x")).code == 0
    assert '"' in (checkout / "x" / "SKILL.md").read_text()
    write(checkout, skill("x"))
    assert lint(here, *FIX, str(tmp_path / "mine")).code == 0
    assert '"' in (checkout / "x" / "SKILL.md").read_text()


def test_honest_the_files_of_another_user(repository: Make, lint: Lint) -> None:
    """As in a container, where root lints what belongs to the user outside."""
    if os.geteuid() != 0:
        pytest.skip("only root can make the files of another user")
    checkout = repository(skill("x"))
    for path in (checkout, *checkout.rglob("*")):
        os.chown(path, 1234, 1234)
    assert lint(checkout, *FIX, "x").code == 0
    found = (checkout / "x" / "SKILL.md").stat()
    assert (found.st_uid, found.st_gid) == (1234, 1234)


def test_honest_a_skill_that_is_the_checkout(repository: Make, lint: Lint) -> None:
    checkout = repository({"SKILL.md": FIXABLE.format(name="checkout")})
    assert lint(checkout, *FIX).code == 0
    assert '"' in (checkout / "SKILL.md").read_text()


def test_honest_a_folder_of_a_skill_is_mounted(
    repository: Make, tmp_path: Path, lint: Lint
) -> None:
    checkout = repository(skill("x", {"references/a.md": "# A\n"}))
    mounted = write(tmp_path / "mounted", {"a.md": REFERENCE})
    words = ["mount", "--bind", str(mounted), str(checkout / "x" / "references")]
    try:
        if subprocess.run(words, capture_output=True, check=False).returncode:
            pytest.skip("nothing can be mounted here")
    except OSError:
        pytest.skip("nothing can be mounted here")
    try:
        assert lint(checkout, *FIX, "x").code == 0
        assert (mounted / "a.md").read_text() == "[up](../SKILL.md)\n"
    finally:
        subprocess.run(["umount", str(checkout / "x" / "references")], check=True)


def test_honest_good_skills_are_not_touched(repository: Make, lint: Lint) -> None:
    checkout = repository({"a/SKILL.md": GOOD.format(name="a")})
    before = state(checkout / "a")
    begin = time.time()
    assert lint(checkout, *FIX).code == 0
    assert state(checkout / "a") == before
    assert (checkout / "a" / "SKILL.md").stat().st_mtime <= begin


@pytest.mark.parametrize("command", [MIGRATE, FIX])
def test_honest_more_files_than_may_be_open(
    command: list[str], repository: Make, environment: dict[str, str]
) -> None:
    """It failed half-way, because the folder of each file stayed open."""
    names = [f"resources/a/{number}.md" for number in range(90)]
    link = dict.fromkeys(names, "[a](../../skill.MD)\n")
    files = {**V1, **link} if command is MIGRATE else skill("x", link)
    folder = repository(files)
    command_line = [sys.executable, "-P", "-m", "skill_lint", *command, "."]
    limit = ["sh", "-c", 'ulimit -n 64; exec "$@"', "sh"]
    done = subprocess.run([*limit, *command_line], cwd=folder, env=environment,
                          capture_output=True, text=True, check=False)  # fmt: skip
    assert done.returncode == 0, done.stderr
    left = [path for path in folder.rglob("*.md") if path.name != "SKILL.md"]
    if command is MIGRATE:
        assert not (folder / "resources").exists()
        assert len(left) >= len(names)
    else:
        assert all("skill.MD" not in path.read_text() for path in left)
