"""The fixes in the reports that other programs read, done the way those programs do them."""

import json
from pathlib import Path
from typing import Any
from urllib.parse import unquote

import pytest

from skill_lint.cli.main import main

TEXT = """\
---
name: 123
description: 漢字 🔥: @forms
---

# Title 🔥

é🔥 [x](references/A.md) [y](references\\a.md)

```
{"a": 1}
```
"""


@pytest.fixture
def skill(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A skill with several safe fixes, behind characters of two, three and four bytes."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("GITHUB_ACTIONS", raising=False)
    file = Path("a b") / "SKILL.md"
    (file.parent / "references").mkdir(parents=True)
    (file.parent / "references" / "a.md").write_text("# A\n", encoding="utf-8")
    file.write_text(TEXT, encoding="utf-8")
    return file


def report(name: str, capfd: pytest.CaptureFixture[str]) -> dict[str, Any]:
    main(["--isolated", "--output-format", name])
    found: dict[str, Any] = json.loads(capfd.readouterr().out)
    return found


def fixed_text(file: Path, capfd: pytest.CaptureFixture[str]) -> str:
    main(["--isolated", "--fix", "--quiet"])
    capfd.readouterr()
    return file.read_text(encoding="utf-8")


def test_sarif_replacements(skill: Path, capfd: pytest.CaptureFixture[str]) -> None:
    run = report("sarif", capfd)["runs"][0]
    changes = [
        change
        for result in run["results"]
        for fix in result.get("fixes", ())
        for change in fix["artifactChanges"]
    ]
    lines = TEXT.splitlines(keepends=True)
    for change in changes:
        assert unquote(change["artifactLocation"]["uri"]) == skill.as_posix()
    replacements = [each for change in changes for each in change["replacements"]]
    for each in sorted(replacements, key=lambda each: -each["deletedRegion"]["startColumn"]):
        region = each["deletedRegion"]
        assert region["startLine"] == region["endLine"]
        line = lines[region["startLine"] - 1]
        # The run's `columnKind`: code points.
        head, tail = line[: region["startColumn"] - 1], line[region["endColumn"] - 1 :]
        lines[region["startLine"] - 1] = head + each["insertedContent"]["text"] + tail
    assert len(replacements) == 5
    assert "".join(lines) == fixed_text(skill, capfd)


def test_rdjson_suggestions(skill: Path, capfd: pytest.CaptureFixture[str]) -> None:
    suggestions = [
        suggestion
        for each in report("rdjson", capfd)["diagnostics"]
        for suggestion in each.get("suggestions", ())
    ]
    lines = [line.encode() for line in TEXT.splitlines(keepends=True)]
    for each in sorted(suggestions, key=lambda each: -each["range"]["start"]["column"]):
        start, end = each["range"]["start"], each["range"]["end"]
        assert start["line"] == end["line"]
        line = lines[start["line"] - 1]
        head, tail = line[: start["column"] - 1], line[end["column"] - 1 :]
        lines[start["line"] - 1] = head + each["text"].encode() + tail
    assert len(suggestions) == 5
    assert b"".join(lines).decode() == fixed_text(skill, capfd)


def test_what_is_unsafe_or_moves_files_is_no_suggestion(
    skill: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    skill.rename(skill.with_name("skill.md"))
    with_fix = {
        result["ruleId"]
        for result in report("sarif", capfd)["runs"][0]["results"]
        if "fixes" in result
    }
    by_rule = {each["rule"]: each["fix"] for each in report("json", capfd)["diagnostics"]}
    assert by_rule["skill-file-name"]["safety"] == "safe"
    assert by_rule["skill-file-name"]["moves"] == [{"path": "a b/skill.md", "to": "a b/SKILL.md"}]
    assert "skill-file-name" not in with_fix
    assert "invalid-yaml" in with_fix


def test_a_diff_in_githubs_log_is_no_workflow_command(
    skill: Path, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("GITHUB_ACTIONS", "true")
    hostile = TEXT.replace("# Title", "::error::x\n##[group]y\n\x1b[31m\n# Title")
    skill.write_text(hostile, encoding="utf-8")
    assert main(["--isolated", "--diff"]) == 1
    printed = capfd.readouterr().out
    assert "##[" not in printed
    assert "\x1b" not in printed
    assert not [line for line in printed.splitlines() if line.lstrip().startswith("::")]
