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


HEAD = "---\nname: a\ndescription: Use when testing.\n"
BODY = "---\n\n# A\n\nDo it.\n"
BEYOND = {
    "empty-body": f"{HEAD}---\n",
    "allowed-tools-grammar": f"{HEAD}allowed-tools: Bash(x\n{BODY}",
    "empty-compatibility": f"{HEAD}compatibility:\n{BODY}",
    "broken-link": f"{HEAD}{BODY}[x](gone.md)\n[y](../z.md)\n",
    "unclosed-fence": f"{HEAD}{BODY}\n```sh\nls\n",
    "leaked-secret": f"{HEAD}{BODY}Log in with AKIA" + "Q7RZ4MW2XN5TPL3K.\n",
    "padded-delimiter": f"{HEAD}{BODY}".replace("---", "--- ", 1),
    "untriggered-description": f"{HEAD}{BODY}".replace("Use when testing", "Tests"),
}
"""What the reference validator accepts, by the rule that warns of it."""


@pytest.mark.parametrize("rule", BEYOND)
def test_what_the_reference_accepts_is_a_warning(
    rule: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    Path("a").mkdir()
    Path("a/SKILL.md").write_text(BEYOND[rule], encoding="utf-8")
    assert reference_problems(Path("a")) == []
    found = lint(["a"], Config(extends="agentskills")).diagnostics
    assert {each.severity for each in found if each.rule == rule} == {"warning"}
    assert "error" not in {each.severity for each in found}


def test_names_of_other_scripts_pass_with_an_info(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    text = "---\nname: größe\ndescription: Use when measuring.\n---\n\n# Größe\n\nMiss sie.\n"
    Path("größe").mkdir()
    Path("größe/SKILL.md").write_text(text, encoding="utf-8")
    assert reference_problems(Path("größe")) == []
    found = lint(["größe"], Config(extends="agentskills")).diagnostics
    assert [(each.rule, each.severity) for each in found] == [("portable-name", "info")]


@pytest.mark.parametrize("key", ["model: opus", "argument-hint: file", "version: 1.0.0", "x-y: z"])
def test_keys_that_it_refuses_are_errors_and_can_be_allowed(
    key: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    Path("a").mkdir()
    Path("a/SKILL.md").write_text(f"{HEAD}{key}\n{BODY}", encoding="utf-8")
    assert reference_problems(Path("a"))
    found = lint(["a"], Config(extends="agentskills")).diagnostics
    assert [(each.rule, each.severity) for each in found] == [("unknown-key", "error")]
    allowed = {"unknown-key": {"allow": [key.partition(":")[0]]}}
    assert not lint(["a"], Config(extends="agentskills", rules=allowed)).diagnostics


def reference_problems(root: Path) -> list[str]:
    try:
        return list(validate(root))
    except Exception as error:  # A control character makes it crash: that is a no as well.
        return [f"crash: {error!r}"]
