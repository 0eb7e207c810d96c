"""The quality score: each metric by hand, the weights, and the command.

A case is a folder `tests/scoring/metrics/<metric>/<value>-<situation>/`: the value was worked out
by hand.
"""

import json
import subprocess
import xml.etree.ElementTree as ET
from pathlib import Path

import pytest
from jsonschema import Draft202012Validator

from skill_lint.cli.main import main
from skill_lint.config.score_weights import data
from skill_lint.schema import load
from skill_lint.scoring.described import METRICS as DESCRIBED
from skill_lint.scoring.described import in_words, page_name
from skill_lint.scoring.metrics import METRICS, measure
from skill_lint.scoring.score import quantiles, score, total
from skill_lint.skill import Skill

FIXTURES = Path(__file__).parent / "metrics"
CASES = sorted(case for metric in FIXTURES.iterdir() for case in metric.iterdir())

FULL = """\
---
name: full
description: Fill PDF forms. Use when a PDF has empty fields.
---

# Full

**Core principle:** ALWAYS.

✅ this ❌ that
"""


@pytest.mark.parametrize("case", CASES, ids=lambda case: f"{case.parent.name}/{case.name}")
def test_metric(case: Path) -> None:
    wanted = float(case.name.partition("-")[0])
    assert measure(Skill(case, case.name))[case.parent.name] == pytest.approx(wanted)


def test_every_metric_has_cases_and_a_weight() -> None:
    assert {case.parent.name for case in CASES} == METRICS.keys() == data()["weights"].keys()
    assert list(DESCRIBED) == list(METRICS)
    Draft202012Validator(load("score")).validate(data())


def test_weights_sum_to_the_documented_total() -> None:
    assert sum(data()["weights"].values()) == pytest.approx(0.92)


def test_a_total_by_hand(tmp_path: Path) -> None:
    (tmp_path / "SKILL.md").write_text(FULL, encoding="utf-8")
    found = score(Skill(tmp_path, "full"))
    # name, description and "use when"; the description; and all three essentials.
    by_hand = (0.08 * 0.5 + 0.04 * 1.0 + 0.08 + 0.07 + 0.06) / 0.92 * 1.0
    assert found.total == pytest.approx(by_hand)
    without = {**found.metrics, "has_core_principle": 0.0}
    assert total(without, data()["weights"]) == pytest.approx(
        (0.08 * 0.5 + 0.04 + 0.07 + 0.06) / 0.92 * 0.95
    )
    assert found.gains["has_red_flags"] == pytest.approx(0.03 / 0.92)


def test_everything_is_one() -> None:
    assert total(dict.fromkeys(METRICS, 1.0), data()["weights"]) == pytest.approx(1.0)


@pytest.mark.smoke
def test_the_table_of_real_skills() -> None:
    assert len(quantiles()) == 101
    assert list(quantiles()) == sorted(quantiles())


@pytest.fixture
def repository(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    Path("full").mkdir()
    Path("full/SKILL.md").write_text(FULL.replace("✅ this ❌ that", ""), encoding="utf-8")
    git = ["git", "-c", "user.name=t", "-c", "user.email=t@example.com"]
    for words in (["init", "-q"], ["add", "-A"], ["commit", "-qm", "first"]):
        subprocess.run([*git, *words], check=True, capture_output=True)
    Path("full/SKILL.md").write_text(FULL, encoding="utf-8")
    Path("new").mkdir()
    Path("new/SKILL.md").write_text("---\nname: new\n---\n", encoding="utf-8")
    return tmp_path


def test_compared_with_a_revision(repository: Path, capfd: pytest.CaptureFixture[str]) -> None:
    assert main(["score", "--compare", "HEAD", "--output-format", "json"]) == 0
    skills = {each["path"]: each for each in json.loads(capfd.readouterr().out)["skills"]}
    assert skills["new"]["before"] is None
    before = (0.08 * 0.5 + 0.04 + 0.08 + 0.07) / 0.92 * 0.95
    assert skills["full"]["before"] == pytest.approx(before, abs=1e-4)
    assert skills["full"]["total"] > skills["full"]["before"]
    assert main(["score", "--compare", "HEAD", "full"]) == 0
    assert "; was 0.24 (+0.08)" in capfd.readouterr().out
    assert main(["score", "--compare", "nowhere"]) == 2
    assert "nowhere" in capfd.readouterr().err


@pytest.mark.smoke
def test_fail_under(repository: Path, capfd: pytest.CaptureFixture[str]) -> None:
    assert main(["score", "full", "--fail-under", "0.3"]) == 0
    assert main(["score", "full", "--fail-under", "0.4"]) == 1
    assert "1 skill scored less than 0.4 (--fail-under)" in capfd.readouterr().err
    assert main(["score", "full", "--fail-under", "40"]) == 2
    assert "a number from 0 to 1" in capfd.readouterr().err


def test_a_teams_own_weights(repository: Path, capfd: pytest.CaptureFixture[str]) -> None:
    others = "".join(f"  {name}: 0\n" for name in METRICS if name != "description_quality")
    file = Path(".skill-lint.yaml")
    file.write_text(f"score-weights:\n{others}", encoding="utf-8")
    main(["score", "full", "--output-format", "json"])
    assert json.loads(capfd.readouterr().out)["mean"] == 1.0
    file.write_text("score-weights: {description_qualty: 1}\n", encoding="utf-8")
    assert main(["score", "full"]) == 2
    assert "did you mean `description_quality`?" in capfd.readouterr().err
    file.write_text("score-weights: {has_red_flags: -1}\n", encoding="utf-8")
    assert main(["score", "full"]) == 2
    assert "`score-weights.has_red_flags` must be 0 or more" in capfd.readouterr().err


@pytest.mark.smoke
def test_one_skill_is_broken_down(repository: Path, capfd: pytest.CaptureFixture[str]) -> None:
    main(["score", "full"])
    said = capfd.readouterr().out
    assert "  0.32 of 1  ██████░░░░" in said
    assert "full marks: core principle, strong guidance, good bad contrast" in said
    assert "  red flags                 0.00   would add 0.033\n" in said
    assert "`skill-lint explain" in said
    assert "has_" not in said


def test_many_skills_are_ranked(repository: Path, capfd: pytest.CaptureFixture[str]) -> None:
    for number in range(40):
        Path(f"s{number}").mkdir()
        Path(f"s{number}/SKILL.md").write_text(f"---\nname: s{number}\n---\n", encoding="utf-8")
    main(["score"])
    said = capfd.readouterr().out
    assert said.startswith("42 skills: mean 0.02, median 0.01; the median of real skills is 0.17\n")
    assert "  0.0 to 0.1      41  ████" in said
    assert "  0.3 to 0.4       1  █\n" in said
    assert "The highest scores\n  0.32  full\n" in said
    assert "The lowest scores; --all ranks all 42\n" in said
    assert len(said.splitlines()) < 50
    main(["score", "--all", "--compare", "HEAD"])
    said = capfd.readouterr().out
    assert "  0.32  was 0.24 (+0.08)  full\n  0.01  new               new\n" in said
    assert said.count("  0.01  new  ") == 41


@pytest.mark.parametrize("metric", METRICS)
def test_each_metric_is_explained(metric: str, capfd: pytest.CaptureFixture[str]) -> None:
    assert main(["explain", metric]) == 0
    page = capfd.readouterr().out
    assert page.startswith(f"{in_words(metric)} (score)\n")
    for word in (in_words(metric), page_name(metric)):
        assert main(["explain", word]) == 0
        assert capfd.readouterr().out == page


def test_a_badge(repository: Path) -> None:
    assert main(["score", "full", "--badge", "badge.svg"]) == 0
    root = ET.fromstring(Path("badge.svg").read_text(encoding="utf-8"))
    texts = [each.text for each in root.iter("{http://www.w3.org/2000/svg}text")]
    assert texts == ["skill score", "0.32"]


def test_markdown(repository: Path, capfd: pytest.CaptureFixture[str]) -> None:
    assert main(["score", "--output-format", "markdown"]) == 0
    lines = capfd.readouterr().out.splitlines()
    assert lines[2] == "2 skills, mean 0.16"
    rows = [line for line in lines if line.startswith("| ")]
    assert all(row.count("|") == rows[0].count("|") for row in rows)
