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
from skill_lint.yaml.node import Node, key_text


@rule("warning")
def conflicting_metadata(skill: Skill) -> Iterator[Finding]:
    metadata = skill.metadata
    for name, hidden in metadata.from_file.items() if skill.is_v1 else ():
        counts = metadata.given(name)[0]
        if counts is hidden or _plain(counts.node) == _plain(hidden.node):
            continue
        related = RelatedSpan(counts.source, counts.node.span, "this is the value that counts")
        message = f"`{name}` differs from the frontmatter's"
        yield Finding(message, hidden.source, hidden.node.span, (related,))


def _plain(node: Node) -> Any:
    """A value as it is compared: line breaks of a text and the kind of a scalar do not count."""
    if node.kind == "sequence":
        return [_plain(item) for item in node.items]
    if node.kind == "mapping":
        return {key_text(key): _plain(value) for key, value in node.pairs}
    return " ".join((node.value if isinstance(node.value, str) else node.raw).split())
