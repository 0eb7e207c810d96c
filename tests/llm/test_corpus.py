"""A scripted model over real skills: what passes the gate is applied, linted and found clean."""

import json
import shutil
from collections import Counter
from pathlib import Path

import pytest

from skill_lint import Config, lint
from skill_lint.llm.session.cases import cases
from skill_lint.llm.tasks.case import Case, State
from skill_lint.skill.skill import Skill
from tests.support import scripted
from tests.support.model_server import serving
from tests.support.models import command, configure

FINDINGS = 50
AT_MOST = {"split": 8, "description": 10, "overview": 12, "when_to_use": 16, "quick_start": 16}
"""Questions of one kind, so that every kind has its share."""


def some_skills(corpus: Path, folder: Path) -> int:
    """Copy skills until they have enough findings for a model. Returns how many they have."""
    config, kinds, findings = Config(extends="golden"), Counter[str](), 0
    for file in sorted(corpus.rglob("SKILL.md")):
        skill = Skill(file.parent, file.parent.name)
        state = State.of(skill, skill, config.active)
        found = [each for each in cases(state, state.found) if isinstance(each, Case)]
        names = [each.task.name for each in found]
        target = folder / file.parent.name
        if not names or target.exists() or skill.tree.nested:
            continue
        if all(kinds[name] >= AT_MOST[name] for name in names):
            continue
        kinds.update(names)
        findings += sum(len(each.findings) for each in found)
        shutil.copytree(file.parent, target, symlinks=True)
        if findings >= FINDINGS:
            break
    return findings


@pytest.mark.slow
def test_a_good_model_over_real_skills(corpus: Path, tmp_path: Path) -> None:
    skills = tmp_path / "skills"
    skills.mkdir()
    findings = some_skills(corpus, skills)
    before = lint(skills, Config(extends="golden"))
    with serving(scripted.answer) as server:
        configure(tmp_path, server)
        done = command(
            tmp_path, "fix", "--llm", "skills", "--preset", "golden", "--apply", "--yes-unread",
            "--max-calls", "300", "--report", "report.json",
        )  # fmt: skip
    assert "Traceback" not in done.stderr
    after = lint(skills, Config(extends="golden"))
    report = json.loads((tmp_path / "report.json").read_text("utf-8"))
    decisions = Counter(each["decision"] for each in report["proposals"])
    reasons = Counter(reason["name"] for each in report["proposals"] for reason in each["reasons"])
    print(
        f"{findings} findings in {len(before.linted)} skills; {len(report['proposals'])} "
        f"questions: {dict(decisions)}; rejected for {dict(reasons)}; "
        f"lint before {dict(before.counts)}, after {dict(after.counts)}"
    )
    for each in report["proposals"]:
        if each["decision"] != "applied":
            print(
                each["path"], each["question"], each["decision"], each["reasons"], each["failure"]
            )
    assert findings >= FINDINGS
    assert decisions["applied"] > len(report["proposals"]) * 3 // 4
    left = {(Path(each.path).parent.name, each.rule) for each in after.diagnostics}
    for each in report["proposals"]:
        if each["decision"] == "applied":
            for rule in each["rules"]:
                assert (Path(each["path"]).parent.name, rule) not in left
    had = Counter((each.rule, each.skill) for each in before.diagnostics)
    has = Counter((each.rule, each.skill) for each in after.diagnostics)
    assert has <= had
    assert sum(after.counts.values()) < sum(before.counts.values())
