"""What a migrated skill says to python-frontmatter, which reads it a second time."""

from pathlib import Path

import pytest

from skill_lint.migration.second_reading import objection, read
from skill_lint.skill import Skill

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
