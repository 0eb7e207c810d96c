"""A key occurs twice in the frontmatter, or in a v1 skill's metadata.json.

Why: most YAML parsers keep the last value and report nothing; the others refuse the file. Either
way one of the two lines does not do what its author meant.

Fix: Keep one of the two lines.

Bad:
    description: Fills PDF forms.
    description: Fills and signs PDF forms.
Good:
    description: Fills and signs PDF forms.
"""

from collections.abc import Iterator, Sequence

from skill_lint.rule import Finding, RelatedSpan, rule
from skill_lint.skill import Skill, Span
from skill_lint.skill.frontmatter import Entry
from skill_lint.text.source import Source
from skill_lint.yaml.node import key_text


@rule("error", agentskills="error")
def duplicate_key(skill: Skill) -> Iterator[Finding]:
    yield from _in(skill.source, skill.frontmatter.entries)
    file = skill.metadata.file
    if file.is_of_v1:
        yield from _in(file.source, file.entries)


def _in(source: Source, entries: Sequence[Entry]) -> Iterator[Finding]:
    groups = [[(entry.key, entry.key_span) for entry in entries]]
    nested = [node for entry in entries if entry.node for node in entry.node.walk()]
    groups += [[(key_text(key), key.span) for key, _ in node.pairs] for node in nested]
    for group in groups:
        first: dict[str, Span] = {}
        for key, span in group:
            if key in first:
                related = RelatedSpan(source, first[key], f"`{key}` stands here first")
                cause = f"{key} after {first[key].start}"
                yield Finding(f"`{key}` occurs again", source, span, (related,), cause=cause)
            first.setdefault(key, span)
