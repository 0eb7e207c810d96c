"""`migrate`: v1 skills on the disk, moved by the command."""

import json
import shutil
import subprocess
from pathlib import Path
from typing import Any

import pytest

from skill_lint import lint
from skill_lint.cli.main import main
from skill_lint.migration import fields
from tests.support.fixtures import tree

FRONTMATTER = """\
---
# who: the Python team
name: 'python-async'   # as the folder
description: >-
  Python async
  patterns
metadata:
  skill_id: python/async  # the id
  version: 1.0
  keywords: [async, await]
license: MIT
---

# Async

See [the API](resources/api.md) and `capabilities/loops.md`.
"""
LATE = FRONTMATTER.replace("# who: the Python team\n", "")
DATA: dict[str, Any] = {
    "skill_id": "python/async",
    "name": "python-async",
    "version": "1.0",
    "type": "technical",
    "load_priority": "on_demand",
    "dependencies": ["python/basics"],
    "capabilities": ["async_syntax", "event_loops"],
    "see_also": [],
    "always_loaded": True,
    "scope": 'Covers asyncio: not "threads" # yet',
    "evolution": {"parent_id": None, "status": "approved", "score": 0.5},
}


@pytest.fixture
def skill(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    folder = tmp_path / "python-async"
    files = {
        "SKILL.md": FRONTMATTER,
        "metadata.json": json.dumps(DATA, indent=2),
        "resources/api.md": "# API\n\n[loops](../capabilities/loops.md)\n",
        "capabilities/loops.md": "# Loops\n",
    }
    for name, text in files.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(text, encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    return folder


@pytest.mark.smoke
def test_a_migrated_skill(skill: Path, capfd: pytest.CaptureFixture[str]) -> None:
    assert main(["migrate", ".", "--allow-dirty"]) == 0
    assert sorted(tree(skill)) == ["SKILL.md", "references/api.md", "references/loops.md"]
    assert (
        (skill / "SKILL.md").read_text(encoding="utf-8")
        == """\
---
# who: the Python team
name: 'python-async'   # as the folder
description: >-
  Python async
  patterns
metadata:
  skill-id: python/async  # the id
  version: "1.0"
  type: technical
  load-priority: on_demand
  always-loaded: "true"
  scope: 'Covers asyncio: not "threads" # yet'
  evolution.status: approved
  evolution.score: "0.5"
license: MIT
---

# Async

See [the API](references/api.md) and `references/loops.md`.

## Dependencies

- python/basics

## Capabilities

- async_syntax
- event_loops

## Keywords

- async
- await
"""
    )
    assert "[loops](../references/loops.md)" in (skill / "references/api.md").read_text("utf-8")
    assert capfd.readouterr().out.endswith("1 migrated, 0 left alone, 0 failed\n")
    before = tree(skill)
    assert main(["migrate", ".", "--allow-dirty"]) == 0
    assert capfd.readouterr().out == "0 migrated, 1 left alone, 0 failed\n"
    assert tree(skill) == before
    assert {each.rule for each in lint(["."]).diagnostics if each.family == "metadata"} == set()


def test_line_ends_are_kept(skill: Path) -> None:
    main(["migrate", ".", "--allow-dirty"])
    plain = (skill / "SKILL.md").read_bytes()
    shutil.rmtree(skill / "references")
    for name, text in {"resources/api.md": "# API\n", "capabilities/loops.md": "# L\n"}.items():
        (skill / name).parent.mkdir()
        (skill / name).write_text(text, encoding="utf-8")
    (skill / "metadata.json").write_text(json.dumps(DATA), encoding="utf-8")
    (skill / "SKILL.md").write_bytes(FRONTMATTER.replace("\n", "\r\n").encode())
    main(["migrate", ".", "--allow-dirty"])
    assert (skill / "SKILL.md").read_bytes() == plain.replace(b"\n", b"\r\n")


def test_a_dry_run_writes_nothing(skill: Path, capfd: pytest.CaptureFixture[str]) -> None:
    before = tree(skill)
    assert main(["migrate", ".", "--dry-run"]) == 0
    printed = capfd.readouterr().out
    assert "rename to python-async/references/api.md\n" in printed
    assert "deleted file mode 100644\n" in printed
    assert "+  load-priority: on_demand\n" in printed
    assert tree(skill) == before


def test_a_dry_run_says_what_it_would_do_to_each_skill(
    skill: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    for name in ("broken", "plain"):
        (skill.parent / name).mkdir()
        (skill.parent / name / "SKILL.md").write_text("# A\n", encoding="utf-8")
    (skill.parent / "broken/metadata.json").write_text('{"skill_id": "a",}', encoding="utf-8")
    assert main(["migrate", ".", "--dry-run", "--allow-dirty"]) == 1
    lines = capfd.readouterr().out.splitlines()
    said = lines[lines.index("would migrate python-async") - 1 :]
    assert said[0].startswith("would leave alone plain: it is not a v1 skill: ")
    assert "  delete metadata.json" in said
    assert any(line.startswith("could not migrate broken: metadata.json is no") for line in said)
    assert said[-2] == "1 would be migrated, 1 left alone, 1 would fail"
    assert said[-1].startswith("nothing was written")
    main(["migrate", "python-async", "--dry-run"])
    assert "  but today it would be refused: python-async is in no git" in capfd.readouterr().out


def test_metadata_may_be_kept(skill: Path, capfd: pytest.CaptureFixture[str]) -> None:
    assert (
        main(["migrate", ".", "--allow-dirty", "--keep-metadata", "--output-format", "json"]) == 0
    )
    report = json.loads(capfd.readouterr().out)
    assert report.keys() == {"migrated", "skipped", "failed", "errors"}
    assert [each["path"] for each in report["migrated"]] == ["python-async"]
    assert (skill / "metadata.json").exists()
    assert "metadata-redundant" in {each.rule for each in lint(["."]).diagnostics}


def test_a_field_without_a_home_keeps_the_file(
    skill: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    data = {**DATA, "name": "Python Async", "evolution": {"log": [{"a": 1}]}}
    (skill / "metadata.json").write_text(json.dumps(data), encoding="utf-8")
    assert main(["migrate", ".", "--allow-dirty"]) == 0
    printed = capfd.readouterr().out
    assert "metadata.json stays: `name` differs from the frontmatter's\n" in printed
    assert "metadata.json stays: `evolution` holds lists or mappings" in printed
    assert (skill / "metadata.json").exists()
    assert main(["migrate", ".", "--allow-dirty"]) == 0
    assert "0 migrated, 1 left alone" in capfd.readouterr().out


def git(folder: Path, *words: str) -> None:
    identity = ["-c", "user.name=t", "-c", "user.email=t@example.com", "-c", "commit.gpgsign=false"]
    subprocess.run(["git", *identity, *words], cwd=folder, check=True, capture_output=True)


def test_uncommitted_changes(skill: Path, capfd: pytest.CaptureFixture[str]) -> None:
    git(skill.parent, "init", "-q")
    before = tree(skill)
    assert main(["migrate", "."]) == 1
    assert "failed python-async: has uncommitted changes; commit them" in capfd.readouterr().out
    assert tree(skill) == before
    assert main(["migrate", ".", "--dry-run"]) == 0
    git(skill.parent, "add", "-A")
    git(skill.parent, "commit", "-qm", "first")
    assert main(["migrate", "."]) == 0


@pytest.mark.parametrize(
    ("name", "text", "reason"),
    [
        ("metadata.json", '{"skill_id": "a",}', "metadata.json is no JSON: a comma stands"),
        ("metadata.json", '[{"skill_id": "a"}]', "metadata.json is no object"),
        ("metadata.json", '{"skill_id": "a", "skill_id": "b"}', "`skill_id` occurs twice"),
        ("SKILL.md", "---\nname: a: b\n---\n# A\n", "the frontmatter is not valid YAML"),
        ("SKILL.md", "---\nname: a\nmetadata: x\n---\n# A\n", "`metadata` is no mapping"),
        ("SKILL.md", "---\nname: a\n---\n# A\n```\ncode\n", "a code fence in SKILL.md is never"),
        ("SKILL.md", "\n" + FRONTMATTER, "the frontmatter does not stand at the beginning"),
        ("SKILL.md", "# A\n" + LATE, "the frontmatter does not stand at the beginning"),
        ("references/api.md", "# other\n", "`resources/api.md` and `references/api.md` are both"),
        ("capabilities/api.md", "# other\n", "`resources/api.md` and `references/api.md` are both"),
        ("scripts/x.py", "open('resources/api.md')\n", "`scripts/x.py` names the folder"),
        ("resources/sub/SKILL.md", FRONTMATTER, "`resources/sub` is a skill of its own"),
    ],
)  # fmt: skip
def test_what_cannot_be_migrated(
    skill: Path, name: str, text: str, reason: str, capfd: pytest.CaptureFixture[str]
) -> None:
    (skill / name).parent.mkdir(parents=True, exist_ok=True)
    (skill / name).write_text(text, encoding="utf-8")
    before = tree(skill)
    assert main(["migrate", "python-async"]) == 1
    assert reason in capfd.readouterr().out
    left = {n: data for n, data in tree(skill).items() if not n.startswith("resources/sub/")}
    assert left == {n: data for n, data in before.items() if not n.startswith("resources/sub/")}


def test_a_wrongly_written_value_is_caught(
    skill: Path, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    (skill / "metadata.json").write_text('{"skill_id": "a", "scope": "a # b"}', encoding="utf-8")
    before = tree(skill)
    # A bug: the text is written without the quotes that it needs.
    monkeypatch.setattr(fields, "scalar", lambda text: text)
    assert main(["migrate", ".", "--allow-dirty"]) == 1
    reason = "python-frontmatter would read another value of `metadata.scope`"
    assert reason in capfd.readouterr().out
    assert tree(skill) == before
