"""The preset `agentskills` gives the verdict of the specification's reference implementation.

Compared on every real skill whose YAML both can read; where the two differ, the reason is here.
"""

from collections import Counter
from pathlib import Path

import pytest
import strictyaml
from skills_ref.parser import find_skill_md, parse_frontmatter
from skills_ref.validator import validate

from skill_lint import Config, lint

REASONS = {
    "cuts-at-any-dashes": "it ends the frontmatter at the first `---`, also inside a value",
    "reads-a-subset": "it refuses valid YAML: brackets, anchors, tags, some indentation",
    "all-is-text": "it reads `42` as a text; YAML makes it a number, and so do clients",
    "lower-case-file": "it accepts skill.md beside SKILL.md",
}


def reason_to_differ(root: Path, rules: set[str]) -> str | None:
    """Why the two may differ on a skill, told from the skill alone."""
    file = find_skill_md(root)
    if file is None:
        return None
    text = file.read_text(encoding="utf-8")
    block = text.split("\n---", 1)[0]
    if "---" in block[3:]:
        return "cuts-at-any-dashes"
    if rules <= {"name-type", "description-type"} and rules:
        return "all-is-text"
    try:
        parse_frontmatter(text)
    except Exception as error:  # Whatever it raises is its way to say no.
        cause = error.__context__
        if isinstance(cause, strictyaml.YAMLError) and not rules & {"invalid-yaml"}:
            return "reads-a-subset"
    return None


@pytest.mark.slow
def test_verdicts_agree(corpus: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(corpus)
    report = lint(["."], Config(extends="agentskills"))
    errors: dict[str, set[str]] = {path: set() for path in report.linted}
    for diagnostic in report.diagnostics:
        if diagnostic.severity == "error":
            errors[diagnostic.skill].add(diagnostic.rule)
    differing, reasons = [], Counter[str]()
    for path, rules in errors.items():
        theirs = reference_verdict(corpus / path)
        if bool(theirs) != bool(rules):
            reason = reason_to_differ(corpus / path, rules)
            reasons[reason or "none"] += 1
            if reason not in REASONS:
                differing.append((path, sorted(rules), theirs))
    print(f"{len(errors)} skills compared, differing with a reason: {dict(reasons)}")
    assert not differing
    assert len(errors) > 300


def reference_verdict(root: Path) -> list[str]:
    try:
        return validate(root)
    except Exception as error:  # It crashes on some input; that is a no as well.
        return [f"crash: {error!r}"]
