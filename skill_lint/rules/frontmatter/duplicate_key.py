"""A key occurs twice in the frontmatter.

Why: most YAML parsers keep the last value and say nothing; the others refuse the file. Either way
one of the two lines does not do what its author meant.

Fix: Keep one of the two lines.

Bad:
    description: Fills PDF forms.
    description: Fills and signs PDF forms.
Good:
    description: Fills and signs PDF forms.
"""

from collections.abc import Iterator

from skill_lint.rule import Finding, RelatedSpan, rule
from skill_lint.skill import Skill, Span
from skill_lint.skill.yaml_nodes import key_text


@rule("error")
def duplicate_key(skill: Skill) -> Iterator[Finding]:
    frontmatter = skill.frontmatter
    groups = [[(entry.key, entry.key_span) for entry in frontmatter.entries]]
    nested = [node for entry in frontmatter.entries if entry.node for node in entry.node.walk()]
    groups += [[(key_text(key), key.span) for key, _ in node.pairs] for node in nested]
    for group in groups:
        first: dict[str, Span] = {}
        for key, span in group:
            if key in first:
                related = RelatedSpan(skill.source, first[key], f"`{key}` stands here first")
                yield Finding(f"`{key}` occurs again", skill.source, span, (related,))
            first.setdefault(key, span)
