"""What the fuzzer calls with bytes that it makes up: nothing may raise, and all must hold.

A target takes the bytes of a SKILL.md. `tests/fuzz/test_seeds.py` calls each with every seed.
"""

import functools
import json
from collections.abc import Callable, Mapping
from pathlib import Path
from tempfile import TemporaryDirectory, mkdtemp

import yaml

from skill_lint.discovery.roots import SkillRoot
from skill_lint.engine.check import check
from skill_lint.fixing.loop import fix_skill
from skill_lint.fixing.write import write
from skill_lint.migration.plan import Stop, plan
from skill_lint.scoring.score import score
from skill_lint.showing.describe import describe
from skill_lint.skill import Skill
from skill_lint.skill.draft import Draft
from skill_lint.skill.frontmatter import Frontmatter
from skill_lint.skill.yaml_causes import yaml_causes
from skill_lint.text.source import decode
from skill_lint.yaml import json as json_tree
from skill_lint.yaml.full import LOADER
from tests.support.promises import RULES, check_bounds, check_places, everything, judge, only_safe

IN_MEMORY = "/dev/shm" if Path("/dev/shm").is_dir() else None  # noqa: S108 - nothing is secret
"""Where a file that is written is as safe as it will be at once."""


@functools.cache
def _empty() -> Path:
    """A folder with nothing in it: what the skill holds is in its draft."""
    return Path(mkdtemp(prefix="pdf-forms"))


def frontmatter(data: bytes) -> None:
    """The YAML and the JSON, their spans, their causes, and the rules about them."""
    source = decode(data, "SKILL.md", "SKILL.md")
    found = Frontmatter(source)
    for entry in found.entries:
        assert 0 <= entry.key_span.start <= entry.key_span.end <= len(source.text)
        assert 0 <= entry.span.start <= entry.span.end <= len(source.text)
        if entry.node is not None:
            assert all(source.slice(node.span) == node.raw for node in entry.node.walk())
    for cause in yaml_causes(found):
        assert 0 <= cause.span.start <= cause.span.end <= len(source.text)
    _agrees_with_yaml(found)
    _agrees_with_json(source.text)
    skill = Skill(_empty(), "pdf-forms", Draft({"SKILL.md": data, "metadata.json": data}))
    check_places(skill, families=("frontmatter", "metadata"))


def _agrees_with_yaml(found: Frontmatter) -> None:
    """What is read without a fault, a safe loader reads to the same values."""
    if found.block is None or found.root is None or found.root.kind != "mapping":
        return
    loaded = yaml.load(found.source.slice(found.block.content), Loader=LOADER)  # noqa: S506
    for key, value in found.data.items():
        if key in loaded and _has_plain_keys(loaded[key]):
            assert repr(loaded[key]) == repr(value)


def _has_plain_keys(value: object) -> bool:
    """Whether all keys are strings; of others, skill-lint keeps how they are written."""
    if isinstance(value, dict):
        return all(isinstance(key, str) and _has_plain_keys(each) for key, each in value.items())
    return not isinstance(value, list) or all(map(_has_plain_keys, value))


def _agrees_with_json(text: str) -> None:
    try:
        value = json_tree.parse(text).value
    except json_tree.JsonFault:
        return
    assert repr(json.loads(text)) == repr(value)


def document(data: bytes) -> None:
    """The Markdown, its spans, and the rules, `show` and `score` on it."""
    skill = Skill(_empty(), "pdf-forms", Draft({"SKILL.md": data, "references/a.md": data}))
    check_bounds(skill.document)
    for link in skill.document.links:
        # In Markdown, a NUL is shown as the character for what cannot be shown.
        written = skill.source.slice(link.span).replace("\0", "\ufffd")
        assert written == link.target.replace("\0", "\ufffd")
    check_places(skill)
    json.dumps(describe(skill))
    assert 0 <= score(skill).total <= 1


def fix(data: bytes) -> None:
    """Every fix, and the migration: fixed once, there is nothing left to fix."""
    with TemporaryDirectory(dir=IN_MEMORY) as folder:
        root = Path(folder) / "pdf-forms"
        (root / "references").mkdir(parents=True)
        (root / "references" / "a.md").write_text("# A\n")
        (root / "SKILL.md").write_bytes(data)
        if b"skill_id" in data:
            (root / "metadata.json").write_text('{"skill_id": "a/pdf", "version": "1.0.0"}')
        place, safe = SkillRoot(root, "pdf-forms"), len(data) % 2 == 0
        _migrated(place)
        repair = judge(place, safe=safe)
        assert write(repair.before, repair.after) == []
        assert fix_skill(place, RULES, only_safe if safe else everything).fixed == ()


def _migrated(place: SkillRoot) -> None:
    skill = Skill(place.path, place.shown)
    if skill.is_v1:
        try:
            result = plan(skill)
        except Stop:
            return
        check(result.after, RULES)


TARGETS: Mapping[str, Callable[[bytes], None]] = {
    "frontmatter": frontmatter,
    "document": document,
    "fix": fix,
}
