"""`migrate` and `show`: v1 skills on the disk, moved by the command, and nothing lost."""

import json
import shutil
import subprocess
from collections import Counter
from collections.abc import Iterator
from itertools import product
from pathlib import Path
from typing import Any

import pytest
import yaml

from skill_lint import lint
from skill_lint.cli.main import main
from skill_lint.config.config import Config
from skill_lint.discovery.walk import discover
from skill_lint.migration import fields
from skill_lint.migration.second_reading import objection, read
from skill_lint.skill import Skill
from tests.support.fixtures import CASES, copied, tree

V1 = sorted({case for case in CASES if case.parent.name in ("can-migrate", "missing-metadata-field",
    "conflicting-metadata", "metadata-type", "legacy-subdirectory", "v1-sections")})  # fmt: skip
CHANGED_BY_FORMAT = {"missing-when-to-use"}
"""A fault that v1-sections warns of, and that v2 calls an error: what it lacks needs words."""

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
    assert capfd.readouterr().out.endswith("1 migrated, 0 skipped, 0 failed\n")
    before = tree(skill)
    assert main(["migrate", ".", "--allow-dirty"]) == 0
    assert capfd.readouterr().out == "0 migrated, 1 skipped, 0 failed\n"
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
    assert "kept metadata.json: `name` differs from the frontmatter's\n" in printed
    assert "kept metadata.json: `evolution` holds lists or mappings" in printed
    assert (skill / "metadata.json").exists()
    assert main(["migrate", ".", "--allow-dirty"]) == 0
    assert "0 migrated, 1 skipped" in capfd.readouterr().out


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


READ = """\
---
name: a
license: 1.0
metadata:
  skill_id: a/b
  version: 1.10
  tags: [one, two]
  evolution: {a: 1}
---
# A
"""


@pytest.mark.parametrize(
    ("old", "new", "key"),
    [
        ("name: a", "name: b", "name"),
        ("license: 1.0", 'license: "1.0"', "license"),
        ("license: 1.0\n", "", "license"),
        ("metadata:", "allowed-tools: x\nmetadata:", "allowed-tools"),
        ("1.10", "1.1", "metadata.version"),
        ("one, two", "one, three", "metadata.tags"),
        ("  tags: [one, two]\n", "", "metadata.tags"),
        ("{a: 1}", "{a: 2}", "metadata.evolution"),
        ("skill_id: a/b", "skill-id: a/c", "metadata.skill-id"),
        ("  version", "  scope: x\n  version", "metadata.scope"),
        ("  version: 1.10", "  version: 1.10\n  version: 1.11", "metadata.version"),
        # What a migration does.
        ("1.10", '"1.10"', None),
        ("skill_id", "skill-id", None),
        (
            "  tags: [one, two]\n  evolution: {a: 1}\n---\n",
            "  evolution: {a: 1}\n---\n- one\n- two\n",
            None,
        ),
    ],
)
@pytest.mark.parametrize("line_end", ["\n", "\r\n", "\r"])
def test_the_second_reading(
    old: str, new: str, key: str | None, line_end: str, tmp_path: Path
) -> None:
    skills = []
    for name, text in {"before": READ, "after": READ.replace(old, new)}.items():
        (tmp_path / name).mkdir()
        (tmp_path / name / "SKILL.md").write_text(text, encoding="utf-8", newline=line_end)
        skills.append(Skill(tmp_path / name, name))
    said = f"python-frontmatter would read another value of `{key}`"
    assert objection(*skills) == (said if key else None)


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("\ufeff---\nname: a\n---\n", "a"),
        ("---\nname: a\nname: b\n---\n", "b"),
        ("# A\n\n---\nname: a\n---\n", None),
    ],
)
def test_what_python_frontmatter_does_not_tell(text: str, name: str | None) -> None:
    assert read(text).fields.get("name") == name


def leaves(value: Any) -> Iterator[str]:
    """Every text and number of a YAML or JSON value, as text."""
    if isinstance(value, dict | list):
        for item in value.values() if isinstance(value, dict) else value:
            yield from leaves(item)
    elif value not in (None, ""):
        yield value if isinstance(value, str) else json.dumps(value, default=str)


def as_written(block: str) -> Any:
    """YAML with every scalar as the text that it is."""
    return yaml.load(f"{block}\n", Loader=yaml.BaseLoader)  # noqa: S506 - makes nothing but texts


def nothing_is_lost(before: dict[str, bytes], folder: Path) -> None:
    """Every value of metadata.json is in the migrated SKILL.md, or still in the file."""
    if "metadata.json" not in before:
        return
    text = (folder / "SKILL.md").read_text(encoding="utf-8")
    block, _, body = text.removeprefix("---").partition("\n---")
    held = set(leaves(as_written(block)))
    kept = tree(folder).get("metadata.json")
    assert kept in (None, before["metadata.json"])
    old = before["SKILL.md"].decode().removeprefix("---").partition("\n---")
    for value in set(leaves(as_written(old[0]))) - {"null", "~"}:
        assert value in held or f"- {value}\n" in body, value
    # Numbers are compared as they are written.
    data = json.loads(before["metadata.json"], parse_float=str, parse_int=str)
    for value in leaves(data) if kept is None else ():
        assert value in held or f"- {value}" in body.replace("`", "").replace("* ", "- "), value


def errors(folder: Path) -> Counter[str]:
    found = lint([folder]).diagnostics
    return Counter(each.rule for each in found if each.severity == "error")


def judge(folder: Path) -> str:
    """Migrate a skill, and hold the result against what must be true; say what became of it."""
    was, faults = tree(folder), errors(folder)
    code = main(["migrate", str(folder), "--allow-dirty"])
    if code:
        assert tree(folder) == was
        return "failed"
    nothing_is_lost(was, folder)
    new = errors(folder) - faults
    assert new.keys() <= CHANGED_BY_FORMAT, new
    state = tree(folder)
    assert main(["migrate", str(folder), "--allow-dirty"]) == 0
    assert tree(folder) == state
    return "kept" if "metadata.json" in state else "migrated"


@pytest.mark.parametrize("case", V1, ids=lambda case: f"{case.parent.name}/{case.name}")
def test_fixtures(case: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    copy = copied(case, tmp_path)
    monkeypatch.chdir(copy)
    for root in discover(["."], Config()).skills:
        judge(root.path)


ODD_BLOCKS = [
    "metadata: {}", "metadata: null", "metadata: ~", "metadata:", "metadata: {\n  }",
    "metadata: {author: me}", 'metadata: {"skill_id":"python/async","version":"1.0.0"}',
    "metadata:\n  skill_id: python/async\n  skill-id: x", "base: &m\n  a: b\nmetadata: *m",
    "base: &m {a: b}\nmetadata:\n  <<: *m", "metadata:\n  scope: |+\n    a\n    b\n\n\n",
    "metadata:\n  x: 1_000\n  y: yes\n  z: 2024-01-01T00:00:00Z  # now",
    "metadata:\n  capabilities: [z]", "metadata:\n  capabilities:\n    - a  # why\n    - b",
    "metadata:\n  evolution: {a: 1}", "metadata:\n  always_loaded: true", "metadata:\n\tx: y",
    "license: |+\n  MIT\n\n",
]  # fmt: skip
ODD_DATA: list[Any] = [
    '{"skill_id": "python/async", "evolution": {"a": "first", "a": "second"}}',
    '{"skill_id": "python/async", "n": 1.10, "m": 0.1234567890123456789, "x": 1e400}',
    {"a,b": "1", "c: d": "2", "e}": "3", "<<": "m"},
    {"scope": "=", "category": "<<", "x": "yes", "y": "~", "z": "0x1", "u": "1:30"},
    {"text": "\x7f \x85 \u2028 \ufffe 🔥 \t tab", "quote": 'it\'s "so" \\ #x: y', "lead": "  x "},
    {"load_priority": "on_demand", "load-priority": "always"},
    {"c #": ["x"], "a*b*": ["y"], " sp ": ["z"], "l\nm": ["n"]},
    {"capabilities": ["*a*", "b\nc"], "tags": [1, "two"], "inputs": [{"a": 1}]},
    {"name": "Python Async", "description": "Use when\n\n   a\n\tb"},
    {"description": "x" * 2_200},
    {"evolution": {"a": 2, "b": {"c": [1]}}, "always_loaded": True, "scope": None},
]
ODD_BODIES = [
    "\n# A\n\n<!-- open\n",
    "\n# A\n\n<pre>\n",
    "\n# A\n\n## Capabilities\n\n<!--\n- async_syntax\n-->\n",
    "\n# A\n\n## Capabilities\n\n### Not supported\n\n- async_syntax\n- event_loops\n",
    "",
    "\nA\n=\n\n    [x](resources/api.md)",
    "\n[a](resources/my%20file.md) [b](<resources/my file.md>)\n",
    "\n[a](./resources) [b](resources\\api.md) [c](scripts/../resources/api.md)\n",
]


PAIRS = [
    each
    for each in product(*(range(len(odd) + 1) for odd in (ODD_BLOCKS, ODD_DATA, ODD_BODIES)))
    if 0 < sum(map(bool, each)) < 3
]
"""One oddity, or two: the numbers of those in the lists above, from 1."""


@pytest.mark.parametrize(("block", "data", "body"), PAIRS)
def test_odd_skills(
    block: int, data: int, body: int, tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    """Whatever the skill: it is migrated and nothing is lost, or it is left as it was."""
    folder = tmp_path / "python-async"
    (folder / "resources").mkdir(parents=True)
    for name in ("api.md", "my file.md"):
        (folder / "resources" / name).write_text("# API\n", encoding="utf-8")
    lines = ODD_BLOCKS[block - 1] + "\n" if block else ""
    rest = ODD_BODIES[body - 1] if body else "\n# Async\n\n[x](resources/api.md)\n"
    head = f"---\nname: python-async\ndescription: Use when a b.\n{lines}---\n"
    (folder / "SKILL.md").write_text(head + rest, encoding="utf-8")
    given = ODD_DATA[data - 1] if data else {"capabilities": ["async_syntax", "event_loops"]}
    whole = given if isinstance(given, str) else json.dumps({"skill_id": "python/async"} | given)
    (folder / "metadata.json").write_text(whole, encoding="utf-8")
    judge(folder)
    if main(["show", str(folder), "--output-format", "json"]) == 0:
        json.loads(capfd.readouterr().out.rpartition("\n{")[2].join(["{", ""]), parse_constant=fail)


def fail(constant: str) -> None:
    raise AssertionError(f"{constant} is no JSON")


@pytest.mark.slow
def test_real_skills(corpus: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    copy = tmp_path / "v1"
    shutil.copytree(corpus / "Qredence+skill-fleet@v1-history", copy)
    monkeypatch.chdir(copy)
    roots = discover(["."], Config()).skills
    v1 = [root for root in roots if Skill(root.path, root.shown).is_v1]
    outcome = Counter(judge(root.path) for root in v1)
    print(f"{len(v1)} v1 skills:", dict(outcome))
    assert len(v1) >= 19
    assert outcome["migrated"]


def shown(path: Path, capfd: pytest.CaptureFixture[str]) -> dict[str, Any]:
    assert main(["show", str(path), "--output-format", "json"]) == 0
    page: dict[str, Any] = json.loads(capfd.readouterr().out)["skills"][0]
    return page


def test_both_sources(tmp_path: Path, capfd: pytest.CaptureFixture[str]) -> None:
    """The mixed skill of the project's migration guide, with the metadata that it gives."""
    folder = tmp_path / "skills" / "python" / "decorators"
    folder.mkdir(parents=True)
    (folder / "SKILL.md").write_text(
        "---\nname: python-decorators\n"
        "description: Use when implementing cross-cutting concerns.\n---\n\n# Decorators\n",
        encoding="utf-8",
    )
    data = {
        "skill_id": "python/decorators",
        "version": "2.0.0",
        "type": "technical",
        "weight": "lightweight",
        "dependencies": ["python/basics"],
    }
    (folder / "metadata.json").write_text(json.dumps(data), encoding="utf-8")
    page = shown(folder, capfd)
    assert page["format"] == "v1"
    assert {each["name"]: (each["value"], each["source"]) for each in page["metadata"]} == {
        "name": ("python-decorators", "frontmatter"),
        "description": ("Use when implementing cross-cutting concerns.", "frontmatter"),
        "skill_id": ("python/decorators", "metadata.json"),
        "version": ("2.0.0", "metadata.json"),
        "type": ("technical", "metadata.json"),
        "weight": ("lightweight", "metadata.json"),
        "dependencies": (["python/basics"], "metadata.json"),
        "load_priority": ("on_demand", "default"),
        "capabilities": ([], "default"),
    }
    assert page["metadata_json"]["deletable"] is False
    assert main(["show", str(folder)]) == 0
    assert "metadata.json must stay:\n" in capfd.readouterr().out


def test_the_guides_conversion(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """`python-decorators` of the project's migration guide, before and after."""
    monkeypatch.chdir(tmp_path)
    folder = Path("python-decorators")
    (folder / "examples").mkdir(parents=True)
    (folder / "examples" / "basic.py").write_text("print()\n", encoding="utf-8")
    body = "\n# Decorators\n\n## Overview\n\nx\n\n## When to Use\n\n- x\n\n[x](examples/basic.py)\n"
    head = "---\nname: python-decorators\ndescription: Use when wrapping functions.\n"
    (folder / "SKILL.md").write_text(f"{head}---\n{body}", encoding="utf-8")
    data = {
        "skill_id": "python/decorators",
        "name": "python-decorators",
        "version": "1.0.0",
        "type": "technical",
        "weight": "lightweight",
    }
    (folder / "metadata.json").write_text(json.dumps(data), encoding="utf-8")
    # The guide shows five of the seven fields that its own validation asks for.
    assert errors(folder) == {"missing-metadata-field": 3}
    assert main(["migrate", ".", "--allow-dirty"]) == 0
    assert sorted(tree(folder)) == ["SKILL.md", "examples/basic.py"]
    assert (folder / "SKILL.md").read_text(encoding="utf-8") == (
        f"{head}metadata:\n  skill-id: python/decorators\n  version: 1.0.0\n  type: technical\n"
        f"  weight: lightweight\n---\n{body}"
    )
    assert errors(folder) == {}


@pytest.mark.parametrize(
    ("length", "files", "style"),
    [
        (600, 2, "navigation_hub"),
        (3_943, 2, "navigation_hub"),
        (6_000, 3, "navigation_hub"),
        (1_900, 0, "none"),
        (2_500, 0, "none"),
        (3_500, 0, "minimal"),
        (5_000, 1, "minimal"),
        (6_000, 0, "none"),
        (8_001, 0, "comprehensive"),
        (20_000, 4, "comprehensive"),
    ],
)
def test_styles(
    tmp_path: Path, length: int, files: int, style: str, capfd: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "references").mkdir()
    for number in range(files):
        (tmp_path / "references" / f"a{number}.md").write_text("# A\n", encoding="utf-8")
    text = "---\nname: x\n---\n# X\n"
    text += "".join(f"[a](references/a{number}.md)\n" for number in range(files))
    (tmp_path / "SKILL.md").write_text(text.ljust(length - 1, "x") + "\n", encoding="utf-8")
    page = shown(tmp_path, capfd)
    assert page["style"] == style
    named = f"names {files} file{'' if files == 1 else 's'}"
    assert page["style_reason"] == f"{length:,} characters, {named}"


@pytest.mark.parametrize(
    ("skill_id", "name"),
    [
        ("python/async", "async"),
        ("a/_core_syntax", "core-syntax"),
        ("a/b__c!d", "b-cd"),
        ("a/" + "x" * 80, "x" * 64),
        ("", "the-folder"),
    ],
)
def test_a_name_is_inferred(
    tmp_path: Path, skill_id: str, name: str, capfd: pytest.CaptureFixture[str]
) -> None:
    folder = tmp_path / "the-folder"
    folder.mkdir()
    (folder / "SKILL.md").write_text("---\nlicense: MIT\n---\n", encoding="utf-8")
    (folder / "metadata.json").write_text(json.dumps({"skill_id": skill_id}), encoding="utf-8")
    first = shown(folder, capfd)["metadata"][0]
    assert (first["value"], first["source"]) == (name, "inferred")


@pytest.mark.slow
def test_styles_of_the_golden_examples(corpus: Path, capfd: pytest.CaptureFixture[str]) -> None:
    skills = corpus / "Qredence+skill-fleet" / ".skills"
    styles = {path.name: shown(path, capfd)["style"] for path in sorted(skills.iterdir())
              if (path / "SKILL.md").exists()}  # fmt: skip
    assert styles["dspy-basics"] == "navigation_hub"
    assert styles["product-management"] == "comprehensive"
    assert styles["frontend-ui-integration"] == "minimal"
