"""The frontmatter and metadata.json give a field different values.

Why: the value in the frontmatter counts. An author who edits metadata.json changes nothing, and
does not notice.

Fix: Keep the value in the frontmatter, and delete it from metadata.json.

Bad:  version: 2.0.0 in the frontmatter, "version": "1.0.0" in metadata.json
Good: version: 2.0.0 in the frontmatter only
"""

from collections.abc import Iterator
from typing import Any

from skill_lint.rule import Finding, RelatedSpan, rule
from skill_lint.skill import Skill
from skill_lint.yaml.node import Node, key_text


@rule("warning")
def conflicting_metadata(skill: Skill) -> Iterator[Finding]:
    metadata = skill.metadata
    for name, shadowed in metadata.from_file.items() if skill.is_v1 else ():
        effective = metadata.given(name)[0]
        if effective is shadowed or _comparable(effective.node) == _comparable(shadowed.node):
            continue
        message = f"`{name}` differs from the `{name}` in the frontmatter, which counts"
        place = (effective.source, effective.node.span)
        related = RelatedSpan(*place, "this is the value that counts")
        yield Finding(message, shadowed.source, shadowed.node.span, (related,))


def _comparable(node: Node) -> Any:
    """A value for comparison: line breaks in a text and the type of a scalar do not count."""
    if node.kind == "sequence":
        return [_comparable(item) for item in node.items]
    if node.kind == "mapping":
        return {key_text(key): _comparable(value) for key, value in node.pairs}
    return " ".join((node.value if isinstance(node.value, str) else node.raw).split())
