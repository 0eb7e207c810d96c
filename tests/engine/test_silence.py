"""One fault, one finding: which rule is silent where another one reports.

A case of `silence/` is a folder with skills, and `silent.txt`. A line there is a rule that reports,
and the rules that are silent for it, though each of them finds the same fault.
"""

import shutil
from pathlib import Path

import pytest

from skill_lint import Config, lint
from skill_lint.cli.main import main
from skill_lint.rule import Level
from skill_lint.rules.registry import load_rules
from skill_lint.rules.silence import SILENCES

CASES = sorted((Path(__file__).parent / "silence").iterdir())
FRONTMATTER = SILENCES[0]
ABOUT_THE_FILE = {
    "late-frontmatter", "missing-frontmatter", "missing-skill-file", "skill-file-name",
    "two-skill-files", "unclosed-frontmatter", "unreadable-file",
}  # fmt: skip
"""Rules of the family `frontmatter` that have something to say where no client sees one."""


def silent_in(case: Path) -> dict[str, list[str]]:
    """The rules that are silent in a case, by the rule that reports."""
    lines = (case / "silent.txt").read_text("utf-8").splitlines()
    pairs = (line.split(": ") for line in lines)
    return {reports: silent.split(", ") for reports, silent in pairs}


def heard(*rules: str) -> set[str]:
    """Which of these rules report, if only they run, all at one severity."""
    levels: dict[str, Level] = dict.fromkeys(rules, "warning")
    report = lint(["."], Config(select=(), rules=levels))
    return {each.rule for each in report.diagnostics} & {*rules}


def in_copy(case: str, folder: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The path of a copy of a case, which becomes the working directory."""
    copy = folder / "case"
    shutil.copytree(Path(__file__).parent / "silence" / case, copy, symlinks=True)
    monkeypatch.chdir(copy)
    return copy


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_one_of_two_rules_reports(
    case: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    in_copy(case.name, tmp_path, monkeypatch)
    for reports, others in silent_in(case).items():
        for silent in others:
            assert heard(silent) == {silent}, "it speaks if the other one is off"
            assert heard(reports, silent) == {reports}
        assert heard(reports, *others) == {reports}


def test_a_file_that_a_misspelt_folder_lacks_is_reported(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    copy = in_copy("misspelt-subdirectory", tmp_path, monkeypatch)
    with (copy / "pdf-forms" / "SKILL.md").open("a", encoding="utf-8") as text:
        text.write("\nThen read `reference/feilds.md`.\n")
    both = ("broken-mention", "misspelt-subdirectory")
    assert heard(*both) == {*both}


def test_the_cases_show_the_whole_table() -> None:
    shown = {
        (reports, silent)
        for case in CASES
        for reports, others in silent_in(case).items()
        for silent in others
    }
    of_table = {
        (reports, silent) for each in SILENCES for reports in each.reports for silent in each.silent
    }
    assert shown <= of_table
    # A few stand for all that the frontmatter could say, and without one there are no keys.
    left = {pair for pair in of_table - shown if pair[0] not in FRONTMATTER.reports}
    assert left == set()
    assert {reports for reports, _ in shown} >= {*FRONTMATTER.reports} - {"missing-frontmatter"}


def test_the_table_has_every_rule_on_the_frontmatter() -> None:
    of_family = {name for name, rule in load_rules().items() if rule.family == "frontmatter"}
    assert of_family - ABOUT_THE_FILE == {*FRONTMATTER.silent}


def test_no_two_rules_are_silent_for_each_other() -> None:
    silent_for: dict[str, set[str]] = {}
    for each in SILENCES:
        for silent in each.silent:
            silent_for.setdefault(silent, set()).update(each.reports)
    left = {*silent_for, *(rule for rules in silent_for.values() for rule in rules)}
    assert left <= load_rules().keys()
    # What is left, when all rules are gone that none of the others silences, is a circle.
    while ends := {rule for rule in left if left.isdisjoint(silent_for.get(rule, ()))}:
        left -= ends
    assert left == set()


@pytest.mark.parametrize(
    ("case", "reports", "silent", "file"),
    [
        ("unknown-key", "unknown-key", "key-case", "pdf-forms/SKILL.md"),
        ("thin-body", "thin-body", "few-examples", "pdf-forms/SKILL.md"),
        ("broken-mention", "broken-mention", "orphan-file", "pdf-forms/SKILL.md"),
        ("link-to-skill", "link-to-skill", "broken-link", "skills/a/SKILL.md"),
    ],
)
def test_a_suppressed_finding_brings_up_no_other(
    case: str,
    reports: str,
    silent: str,
    file: str,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    skill = in_copy(case, tmp_path, monkeypatch) / file
    with skill.open("a", encoding="utf-8") as end:
        end.write(f"\n<!-- skill-lint: allow-file {reports} -->\n")
    assert heard(reports, silent) == set()


def test_a_comment_for_a_silent_rule_is_no_unused_one(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    skill = in_copy("unknown-key", tmp_path, monkeypatch) / "pdf-forms" / "SKILL.md"
    with skill.open("a", encoding="utf-8") as end:
        end.write("\n<!-- skill-lint: allow-file key-case -->\n")
    rules = ("unknown-key", "key-case", "unused-suppression")
    assert heard(*rules) == {"unknown-key"}


def test_a_more_severe_finding_is_never_left_out(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    in_copy("unknown-key", tmp_path, monkeypatch)
    config = Config(
        select=(),
        rules={"unknown-key": "warning", "key-case": "error", "unportable-yaml": "info"},
    )
    report = lint(["."], config)
    assert sorted(each.rule for each in report.diagnostics) == ["key-case", "unknown-key"]


def test_only_what_is_reported_is_fixed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    skill = in_copy("placeholder-in-name-format", tmp_path, monkeypatch) / "pdf-forms" / "SKILL.md"
    main(["--isolated", "--select", "name-format,name-mismatch", "--fix", "--unsafe-fixes"])
    assert "name: 'pdf-forms'" in skill.read_text("utf-8")
