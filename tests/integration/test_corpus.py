"""417 real skills: no rule fails on one, and the golden examples have no fault but broken links."""

from collections import Counter
from pathlib import Path

import pytest

from skill_lint import lint

pytestmark = pytest.mark.slow


def test_no_rule_fails_on_a_real_skill(corpus: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(corpus)
    report = lint(["."])
    assert len(report.linted) >= 385
    counts = Counter(each.rule for each in report.diagnostics)
    print(f"{len(report.linted)} skills:", dict(counts.most_common()))
    assert counts["internal-error"] == 0
    for each in report.diagnostics:
        region = each.region
        assert (region.line, region.column) <= (region.end_line, region.end_column)
        assert (corpus / each.path).exists() or each.rule == "missing-skill-file"


def test_the_golden_examples_have_broken_links_alone(
    corpus: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(corpus / "Qredence+skill-fleet")
    report = lint([".skills"])
    errors = [each for each in report.diagnostics if each.severity == "error"]
    assert len(report.linted) == 7
    assert {each.rule for each in errors} <= {"broken-link"}
    for each in errors:
        target = each.message.split("`")[1].partition("#")[0]
        assert not (Path(each.skill) / target).exists()
