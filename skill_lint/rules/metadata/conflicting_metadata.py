"""The frontmatter and metadata.json give a field different values.

Why: the frontmatter counts, and whoever edits metadata.json changes nothing without knowing it.

Fix: Keep the value in the frontmatter, and delete it from metadata.json.

Bad:  version: 2.0.0 in the frontmatter, "version": "1.0.0" in metadata.json
Good: version: 2.0.0 in the frontmatter alone
"""

from collections.abc import Iterator
from typing import Any

from skill_lint.rule import Finding, RelatedSpan, rule
from skill_lint.skill import Skill


@rule("warning")
def conflicting_metadata(skill: Skill) -> Iterator[Finding]:
    metadata = skill.metadata
    for name, hidden in metadata.from_file.items() if skill.is_v1 else ():
        counts = metadata.block.get(name)
        if counts is None or _plain(counts.value) == _plain(hidden.value):
            continue
        related = RelatedSpan(counts.source, counts.node.span, "this is the value that counts")
        message = f"`{name}` differs from the frontmatter's"
        yield Finding(message, hidden.source, hidden.node.span, (related,))


def _plain(value: Any) -> Any:
    """A value as it is compared: line breaks of a text and the kind of a scalar do not count."""
    if isinstance(value, list):
        return [_plain(item) for item in value]
    if isinstance(value, dict):
        return {key: _plain(item) for key, item in value.items()}
    return " ".join(str(value).split())
