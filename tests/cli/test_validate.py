"""`skill-lint validate`: `check --preset golden`, with a verdict as the last line."""

import json
import shutil
from pathlib import Path

import pytest

from skill_lint.cli.main import main

GOLDEN = """\
---
name: pdf-forms
description: Fills PDF forms. Use when a PDF has fields to fill.
---

# PDF forms

Fills the fields of a form, and checks that each of them has a value that the form accepts.

## Quick Start

```sh
fill form.pdf
```

## When to Use This Skill

- A PDF has fields to fill
"""
V1 = {
    "skill_id": "pdf-forms", "version": "1.0.0", "type": "technical", "weight": "lightweight",
    "load_priority": "on_demand", "dependencies": [], "capabilities": ["fill"],
}  # fmt: skip


@pytest.fixture(autouse=True)
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    skill(GOLDEN)


def skill(text: str) -> None:
    Path("pdf-forms").mkdir(exist_ok=True)
    Path("pdf-forms/SKILL.md").write_text(text, encoding="utf-8")


def validate(capfd: pytest.CaptureFixture[str], *words: str) -> tuple[int, list[str]]:
    code = main(["validate", *words])
    return code, capfd.readouterr().out.splitlines()


@pytest.mark.parametrize(
    ("text", "code", "verdict"),
    [
        (GOLDEN, 0, "Validation passed"),
        (GOLDEN.replace("Use when", "Made when"), 0, "Validation passed"),
        (GOLDEN.replace("Use when", "A"), 0, "Validation passed with warnings"),
        (GOLDEN.replace("When to Use This Skill", "Steps"), 1, "Validation failed"),
        (GOLDEN.replace("name: pdf-forms", "name: pdf"), 1, "Validation failed"),
    ],
)
def test_the_last_line_is_the_verdict(
    text: str, code: int, verdict: str, capfd: pytest.CaptureFixture[str]
) -> None:
    skill(text)
    for words in (["."], ["-q"], ["--output-format", "full"], ["--output-format", "concise"]):
        given, lines = validate(capfd, *words)
        assert (given, lines[-1]) == (code, verdict)


def test_what_fails_the_run_fails_the_validation(capfd: pytest.CaptureFixture[str]) -> None:
    skill(GOLDEN.replace("Use when", "A"))
    code, lines = validate(capfd, "--fail-on", "warning")
    assert (code, lines[-1]) == (1, "Validation failed")
    skill(GOLDEN.replace("When to Use This Skill", "Steps"))
    for words in (["--exit-zero"], ["--fail-on", "never"]):
        code, lines = validate(capfd, *words)
        assert (code, lines[-1]) == (0, "Validation failed")


def test_the_standards_words_are_found(capfd: pytest.CaptureFixture[str]) -> None:
    skill(GOLDEN.replace("When to Use This Skill", "Steps"))
    for folder in ("stuff", "reference"):
        Path("pdf-forms", folder).mkdir()
        Path("pdf-forms", folder, "a.txt").touch()
    said = "\n".join(validate(capfd)[1]).lower()
    assert 'missing "when to use" section' in said
    assert "invalid subdirectory `stuff/`" in said
    assert "invalid subdirectory `reference/`" in said


def test_machine_formats_have_no_verdict(capfd: pytest.CaptureFixture[str]) -> None:
    Path("pdf-forms/metadata.json").write_text(json.dumps(V1), encoding="utf-8")
    main(["validate", "--output-format", "json"])
    ours = json.loads(capfd.readouterr().out)
    main(["check", "--preset", "golden", "--output-format", "json"])
    assert ours == json.loads(capfd.readouterr().out)
    assert "Validation" not in "\n".join(validate(capfd, "--list-skills")[1])


def test_it_says_whether_metadata_json_may_be_deleted(capfd: pytest.CaptureFixture[str]) -> None:
    file = Path("pdf-forms/metadata.json")
    file.write_text(json.dumps(V1), encoding="utf-8")
    lines = validate(capfd)[1]
    answer = lines[lines.index("  metadata.json must stay:") : -1]
    assert lines[lines.index("  metadata.json must stay:") - 1] == "pdf-forms"
    main(["show"])
    shown = capfd.readouterr().out
    assert all(line.removeprefix("  ") in shown.splitlines() for line in answer)
    assert any("`load_priority` is missing" in line for line in answer)
    file.write_text('{"another": "tool"}', encoding="utf-8")
    assert "metadata.json" not in "\n".join(validate(capfd)[1])


def test_of_many_skills_it_is_counted_on_one_screen(capfd: pytest.CaptureFixture[str]) -> None:
    shutil.rmtree("pdf-forms")
    for number in range(25):
        Path(f"s{number}").mkdir()
        Path(f"s{number}/SKILL.md").write_text("# A skill without frontmatter\n", encoding="utf-8")
        Path(f"s{number}/metadata.json").write_text(json.dumps(V1), encoding="utf-8")
    lines = validate(capfd)[1]
    assert len(lines) <= 80
    assert "metadata.json may be deleted in 0 of 25 skills that have one" in lines[-3]
    assert lines[-1] == "Validation failed"


def test_a_replayed_check_has_no_verdict_and_validate_always_has(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.delenv("SKILL_LINT_NO_CACHE", raising=False)
    cache = ["--cache-dir", str(tmp_path.parent / f"{tmp_path.name}-cache")]
    for _ in range(2):
        main(["check", "--preset", "golden", *cache])
        assert "Validation" not in capfd.readouterr().out
        main(["check", *cache])
        assert "Validation" not in capfd.readouterr().out
        assert validate(capfd, *cache)[1][-1] == "Validation passed"


def test_another_preset_is_refused(capfd: pytest.CaptureFixture[str]) -> None:
    assert main(["validate", "--preset", "strict"]) == 2
    assert "use `check --preset strict`" in capfd.readouterr().err


def test_a_configuration_keeps_its_own_rules(capfd: pytest.CaptureFixture[str]) -> None:
    skill(GOLDEN.replace("When to Use This Skill", "Steps"))
    Path(".skill-lint.yaml").write_text(
        "extends: agentskills\nrules: {missing-when-to-use: warning}\n", encoding="utf-8"
    )
    assert validate(capfd)[1][-1] == "Validation passed with warnings"
