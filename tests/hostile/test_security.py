"""What skill-lint promises to those who lint what they do not trust."""

import json
import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from skill_lint.cli.main import main
from skill_lint.config.config import ALWAYS, Config
from skill_lint.discovery.roots import SkillRoot
from skill_lint.engine.task import LintTask
from skill_lint.rule import ActiveRule, Finding, Rule
from skill_lint.rules.registry import families
from skill_lint.skill import Skill
from tests.hostile.folders import TRAP, TRAPS
from tests.hostile.make import GOOD, files, link, skill
from tests.support.fixtures import let_everybody_in

V1 = b'{"skill_id": "a/hostile", "version": "1.0.0"}'


def command(folder: Path, *words: str) -> "subprocess.CompletedProcess[str]":
    return subprocess.run(
        [sys.executable, "-m", "skill_lint", *words],
        cwd=folder, capture_output=True, text=True, check=False, timeout=60,
    )  # fmt: skip


@pytest.mark.smoke
@pytest.mark.parametrize(
    "words", [("check", "."), ("show",), ("score",), ("migrate", "--dry-run"), ("check", "--diff")]
)
def test_no_module_of_the_working_directory_is_imported(
    tmp_path: Path, words: tuple[str, ...]
) -> None:
    skill(GOOD % tmp_path.name.encode())(tmp_path)
    files(TRAPS, TRAP)(tmp_path)
    script = Path(sys.executable).parent / "skill-lint"
    plain = {key: value for key, value in os.environ.items() if key != "PYTHONPATH"}
    # With -m, Python itself takes some of its own modules from the working directory.
    early = ("re.py", "json.py", "skill_lint/__init__.py")
    for start in ([str(script)], [sys.executable, "-m", "skill_lint"]):
        done = subprocess.run(
            [*start, *words, "--isolated"],
            cwd=tmp_path, env=plain, capture_output=True, check=False,
        )  # fmt: skip
        assert done.returncode in (0, 1), done.stderr
        assert not (tmp_path / "executed").exists()
        for name in early:
            (tmp_path / name).unlink(missing_ok=True)


def test_the_configuration_of_a_foreign_repository_runs_nothing(tmp_path: Path) -> None:
    root = tmp_path / "hostile"
    root.mkdir()
    skill(GOOD % b"hostile")(root)
    (root / "metadata.json").write_bytes(V1)
    program = tmp_path / "program"
    program.write_text(f"#!/bin/sh\ntouch {tmp_path}/executed\n")
    program.chmod(0o755)
    git = ["git", "-C", str(root)]
    subprocess.run([*git, "init", "--quiet"], check=True)
    subprocess.run([*git, "config", "core.fsmonitor", str(program)], check=True)
    (tmp_path / ".skill-lint.yaml").write_text("respect-gitignore: true\n")
    for words in (("migrate", "hostile"), ("check", "hostile")):
        assert command(tmp_path, *words).returncode in (0, 1)
        assert not (tmp_path / "executed").exists()
    subprocess.run([*git, "status"], check=True, capture_output=True)
    assert (tmp_path / "executed").exists(), "git itself would have run it"


def test_a_skill_file_that_leads_out_is_not_read_in_any_way_to_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    outside, here = tmp_path / "outside", tmp_path / "here"
    for folder in (outside, here / "good", here / "hostile"):
        folder.mkdir(parents=True)
    (outside / "secret.md").write_text("---\nname: SECRET\n---\n")
    skill(GOOD % b"good")(here / "good")
    link("SKILL.md", "../../outside/secret.md")(here / "hostile")
    monkeypatch.chdir(here)
    assert main(["check", ".", "--output-format", "json"]) == 1
    found = json.loads(capfd.readouterr().out)["diagnostics"]
    assert ("hostile/SKILL.md", "escaping-skill-file") in [(e["path"], e["rule"]) for e in found]
    for words in (
        ["check", "hostile"], ["show", "hostile"], ["score", "hostile"], ["migrate", "hostile"],
        ["check", "hostile/references/x.md"], ["check", "--owning-skills", "hostile/x.md"],
    ):  # fmt: skip
        main(words)
        printed = capfd.readouterr()
        assert "SECRET" not in printed.out + printed.err
    # Where the working directory holds both, it is no way out.
    monkeypatch.chdir(tmp_path)
    main(["show", "here"])
    assert "SECRET" in capfd.readouterr().out


def failing(error: type[BaseException]) -> Rule:
    def check(skill: Skill) -> Iterator[Finding]:
        raise error("a bug")
        yield

    return Rule("failing", "links", "error", check, "Fails.")


@pytest.mark.parametrize(
    "family", [each for each in families() if each not in ("run", "collection")]
)
@pytest.mark.parametrize(
    "error", [ValueError, RecursionError, MemoryError, AssertionError, KeyError]
)
def test_a_bug_in_a_rule_is_one_finding(
    tmp_path: Path, family: str, error: type[Exception]
) -> None:
    (tmp_path / "a").mkdir()
    skill(GOOD % b"b")(tmp_path / "a")
    rule = failing(error)
    active = [
        *Config().active,
        ActiveRule(Rule("failing", family, "error", rule.check, ""), "error", {}),
    ]
    found = LintTask(tuple(active), {}).lint(SkillRoot(tmp_path / "a", "a")).diagnostics
    crashes = [each for each in found if each.rule == "internal-error"]
    assert [each.skill for each in crashes] == ["a"]
    assert "`failing` failed" in crashes[0].message
    assert error.__name__ in crashes[0].message
    assert "a bug" in crashes[0].details
    assert "name-mismatch" in {each.rule for each in found}


def test_a_recursion_without_end_in_a_rule_is_one_finding(tmp_path: Path) -> None:
    def check(skill: Skill) -> Iterator[Finding]:
        yield from check(skill)

    skill(GOOD % tmp_path.name.encode())(tmp_path)
    rule = ActiveRule(Rule("endless", "links", "error", check, ""), "error", {})
    active = (rule, *(each for each in Config().active if each.rule.name in ALWAYS))
    found = LintTask(active, {}).lint(SkillRoot(tmp_path, "a")).diagnostics
    assert [each.rule for each in found] == ["internal-error"]
    assert "RecursionError" in found[0].message


@pytest.mark.skipif(os.name != "posix", reason="only root can leave root's rights")
def test_what_may_not_be_read_is_said(tmp_path: Path) -> None:
    """As nobody where the tests run as root, who may read everything."""
    root = tmp_path / "hostile"
    files(["SKILL.md"], GOOD % b"hostile" + b"\n[a](references/a.md) [b](scripts/b.md)\n")(root)
    files(["references/a.md", "scripts/b.md"])(root)
    (root / "references" / "a.md").chmod(0)
    (root / "scripts").chmod(0)
    script = (
        "import os, sys\n"
        "from skill_lint.cli.main import main\n"
        "words = ['check', '.', '--isolated', '--output-format', 'json', '--jobs', '1']\n"
        "main(words)  # imports what nobody may not read\n"
        "if os.geteuid() == 0:\n"
        "    os.setresgid(65534, 65534, 65534)\n"
        "    os.setresuid(65534, 65534, 65534)\n"
        "os.chdir(sys.argv[1])\n"
        "print('as nobody:', flush=True)\n"
        "sys.exit(main(words))\n"
    )
    let_everybody_in(tmp_path)
    warm = tmp_path / "warm"
    warm.mkdir()
    skill(GOOD % b"cold" + b"\n[a](gone.md)\n")(warm)
    done = subprocess.run(
        [sys.executable, "-c", script, str(root)],
        cwd=warm, capture_output=True, text=True, check=False, timeout=60,
    )  # fmt: skip
    (root / "scripts").chmod(0o755)
    assert done.returncode == 1, done.stderr
    found = json.loads(done.stdout.partition("as nobody:")[2])["diagnostics"]
    said = {each["message"] for each in found if each["rule"] == "unreadable-file"}
    assert said == {
        "the folder `scripts/` cannot be read: permission denied",
        "the file cannot be read: permission denied",
    }
    assert "broken-link" not in {each["rule"] for each in found}
