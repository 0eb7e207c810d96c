"""The check that the rules on a v1 field's form share: the schema has a pattern for it."""

from collections.abc import Iterator

from skill_lint.rule import Finding
from skill_lint.skill import Skill


def off_pattern(skill: Skill, name: str, wanted: str) -> Iterator[Finding]:
    """A finding for a v1 field whose value does not match the schema's pattern.

    `wanted` describes the pattern: the message is "`version` is `1.0`, not of the form 1.2.3".
    """
    for field in skill.metadata.errors if skill.is_v1 else ():
        if field.given.name == name and field.error.keyword == "pattern":
            message = f"`{name}` is `{field.given.value}`, not {wanted}"
            yield Finding(message, field.given.source, field.span)
