"""Every rule, proved by its fixtures, which tests/support/fixtures.py describes."""

import json
import re
from pathlib import Path

import pytest

from skill_lint.cli.main import main
from skill_lint.rules.registry import load_rules
from tests.support.check import check
from tests.support.fixtures import CASES, IS_UPDATE, WITHOUT_FIXTURES, expected, linted_in, options


@pytest.mark.parametrize("case", CASES, ids=lambda case: f"{case.parent.name}/{case.name}")
def test_case(
    case: Path,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capfd: pytest.CaptureFixture[str],
) -> None:
    monkeypatch.chdir(linted_in(case, tmp_path))
    name = case.parent.name
    code = check(name, [".", *options(case)])
    printed = capfd.readouterr().out
    if IS_UPDATE:
        (case / "expected.txt").unlink(missing_ok=True)
        if printed:
            (case / "expected.txt").write_text(printed, encoding="utf-8")
    assert printed == expected(case)
    assert "--select" not in options(case) or code == (1 if f" error {name}\n" in printed else 0)


@pytest.mark.parametrize("name", sorted(load_rules()))
def test_every_rule_is_proved_and_documented(name: str) -> None:
    rule = load_rules()[name]
    assert rule.summary.endswith("."), "the docstring begins with one sentence: the fault"
    assert not rule.summary.startswith("State the fault"), "the docstring is the template's"
    assert rule.why, "the docstring says why"
    assert rule.remedy, "the docstring says how to fix it"
    assert rule.bad, "the docstring shows it wrong"
    assert rule.good, "the docstring shows it right"
    assert bool(rule.fix_safety) == bool(rule.fixable), "a rule with fixes says why they are safe"
    assert rule.fix_safety.lower().startswith(rule.fixable or "")
    assert list(rule.described_options) == list(rule.options), "the docstring describes each option"
    for sentence in rule.described_options.values():
        assert re.fullmatch(r"[A-Z][^\n]*\.", re.sub(r"`[^`]*`", "", sentence)), sentence
    if name in WITHOUT_FIXTURES:
        return
    cases = [case for case in CASES if case.parent.name == name]
    assert any(expected(case) for case in cases), "a case that fires"
    assert any(not expected(case) for case in cases), "a case that is silent"


def test_every_fixture_folder_is_a_rule() -> None:
    assert {case.parent.name for case in CASES} <= load_rules().keys()


@pytest.mark.smoke
def test_every_rule_has_a_page(capfd: pytest.CaptureFixture[str]) -> None:
    assert main(["rules", "--output-format", "json"]) == 0
    pages = json.loads(capfd.readouterr().out)
    assert sorted(page["name"] for page in pages) == sorted(load_rules())
    for page in pages:
        assert page["url"].endswith(f"#{page['name']}")
        assert all(page[part] for part in ("summary", "why", "remedy", "bad", "good"))
