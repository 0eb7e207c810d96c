"""The runner: what it does with findings, suppressions and rules that fail."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from skill_lint import Config, Report, lint
from skill_lint.cli.main import main
from skill_lint.rule import Finding
from skill_lint.rules.registry import load_rules
from skill_lint.skill import Skill

SKILL = "---\nname: a\ndescription: Use when testing.\n---\n\n# Title\n\n[x](gone.md)\n"


@pytest.fixture(autouse=True)
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    for name in ("a", "b"):
        Path(name).mkdir()
        Path(name, "SKILL.md").write_text(SKILL.replace("name: a", f"name: {name}"))


@pytest.fixture
def crashing(monkeypatch: pytest.MonkeyPatch) -> None:
    """`dead-anchor`, with a bug that shows on the skill `a`."""

    def bug(skill: Skill) -> Iterator[Finding]:
        if skill.tree.directory_name == "a":
            raise ZeroDivisionError("a bug")
        yield from ()

    rules = dict(load_rules())
    rules["dead-anchor"] = rules["dead-anchor"]._replace(check=bug)
    monkeypatch.setattr("skill_lint.config.config.load_rules", lambda: rules)


@pytest.mark.usefixtures("crashing")
def test_a_bug_in_a_rule_is_a_finding_and_loses_nothing() -> None:
    report = lint(["."])
    crashes = [each for each in report.diagnostics if each.rule == "internal-error"]
    assert [(each.skill, each.message) for each in crashes] == [
        ("a", "the rule `dead-anchor` failed: ZeroDivisionError: a bug")
    ]
    assert [each.skill for each in report.diagnostics if each.rule == "broken-link"] == ["a", "b"]


@pytest.mark.usefixtures("crashing")
def test_a_bug_in_a_rule_is_exit_2_with_its_traceback_on_demand(
    capfd: pytest.CaptureFixture[str],
) -> None:
    assert main(["--exit-zero"]) == 2
    assert "Traceback" not in capfd.readouterr().err
    assert main(["--verbose"]) == 2
    assert 'raise ZeroDivisionError("a bug")' in capfd.readouterr().err


@pytest.mark.usefixtures("crashing")
def test_a_bug_is_reported_on_the_path_that_other_findings_use(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.chdir("a")
    report = lint(["."])
    assert "internal-error" in found(report)
    assert {each.path for each in report.diagnostics} == {"SKILL.md"}


def test_a_report_is_sorted_and_counted() -> None:
    report = lint(["b", "a"])
    keys = [each.sort_key for each in report.diagnostics]
    assert keys == sorted(keys)
    assert report.linted == ("a", "b")
    assert sum(report.counts.values()) == len(report.diagnostics)


def test_the_library_takes_an_unsaved_text() -> None:
    path = Path("a/SKILL.md").absolute()
    fixed = path.read_bytes().replace(b"gone.md", b"SKILL.md")
    rules = found(lint(["a"], Config(), overlay={path: fixed}))
    assert "broken-link" not in rules
    assert "broken-link" in found(lint(["a"]))


def found(report: Report) -> set[str]:
    return {each.rule for each in report.diagnostics}


def test_the_working_directory_decides_how_paths_are_shown(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir("a")
    assert {each.path for each in lint(["../b"]).diagnostics} == {"../b/SKILL.md"}
    assert {each.path for each in lint(["."]).diagnostics} == {"SKILL.md"}
