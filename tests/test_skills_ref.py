"""The preset `agentskills` gives the verdict of the specification's reference implementation.

Compared on every real skill. The one difference: skills-ref refuses valid YAML that its subset
leaves out (brackets, anchors, tags), and of that `unportable-yaml` warns.
"""

from pathlib import Path

import pytest
from skills_ref.validator import validate

from skill_lint import Config, lint


@pytest.mark.slow
def test_verdicts_agree(corpus: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(corpus)
    report = lint(["."], Config(extends="agentskills"))
    errors = {each.skill for each in report.diagnostics if each.severity == "error"}
    unportable = {each.skill for each in report.diagnostics if each.rule == "unportable-yaml"}
    differing = {
        path: problems
        for path in report.linted
        if bool(problems := reference_problems(corpus / path)) != (path in errors)
    }
    explained = {path for path, problems in differing.items() if "Invalid YAML" in problems[0]}
    assert explained <= unportable
    assert differing.keys() == explained
    assert len(report.linted) > 300
    assert errors, "some real skills are refused by both"
    print(f"{len(report.linted)} skills compared, {len(explained)} differ for their YAML alone")


def reference_problems(root: Path) -> list[str]:
    try:
        return list(validate(root))
    except Exception as error:  # A control character makes it crash: that is a no as well.
        return [f"crash: {error!r}"]
