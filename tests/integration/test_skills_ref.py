"""The preset `agentskills` gives the verdict of the specification's reference implementation.

Compared on every real skill. Two differences, and their reasons:

- skills-ref refuses valid YAML that its subset leaves out (brackets, anchors, tags); of that
  `unportable-yaml` warns, or a rule on the type of the value, for which it is silent.
- It reads every value as text. `name: 123` is a number in YAML, and to clients; the specification
  asks for a string, so here it is an error.
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
    found = (*report.diagnostics, *report.silent)
    unportable = {each.skill for each in found if each.rule == "unportable-yaml"}
    differing = {
        path: problems
        for path in report.linted
        if bool(problems := reference_problems(corpus / path)) != (path in errors)
    }
    assert all(differing.values()), "nothing that it accepts is refused here"
    explained = {path for path, problems in differing.items() if "Invalid YAML" in problems[0]}
    assert explained <= unportable
    assert differing.keys() == explained
    assert len(report.linted) > 300
    assert errors, "some real skills are refused by both"
    print(f"{len(report.linted)} skills compared, {len(explained)} differ for their YAML alone")


@pytest.mark.parametrize("value", ["123", "1.5", "yes", "2026-01-02", "null", "~"])
@pytest.mark.parametrize("key", ["description", "compatibility"])
def test_values_that_are_no_text_in_yaml(
    key: str, value: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    Path("a").mkdir()
    keys = {"name": "a", "description": "Use when testing.", key: value}
    block = "".join(f"{name}: {text}\n" for name, text in keys.items())
    Path("a/SKILL.md").write_text(f"---\n{block}---\n", encoding="utf-8")
    assert reference_problems(Path("a")) == []
    found = {each.rule for each in lint(["a"], Config(extends="agentskills")).diagnostics}
    assert found & {f"{key}-type", f"empty-{key}"}


def reference_problems(root: Path) -> list[str]:
    try:
        return list(validate(root))
    except Exception as error:  # A control character makes it crash: that is a no as well.
        return [f"crash: {error!r}"]
