"""Whatever the v1 skill: every value of it is in the migrated one, or it is left as it was."""

import json
import shutil
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
from skill_lint.skill import Skill
from tests.support.fixtures import CASES, copied, tree

V1 = sorted({case for case in CASES if case.parent.name in ("can-migrate", "missing-metadata-field",
    "conflicting-metadata", "metadata-type", "legacy-subdirectory", "v1-sections")})  # fmt: skip
CHANGED_BY_FORMAT = {"missing-when-to-use"}
"""A fault that v1-sections warns of, and that v2 calls an error: what it lacks needs words."""


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


@pytest.mark.slow
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
