"""A field of v1 has a value that the format does not know.

Why: the fields `type`, `weight` and `load_priority` decide when and how a skill is loaded. An
unknown value decides nothing.

Fix: Choose one of the values that the message names.

Bad:  "type": "techncal"
Good: "type": "technical"
"""

from collections.abc import Iterator

from skill_lint.rule import Finding, rule
from skill_lint.skill import Skill
from skill_lint.text.spelling import nearest


@rule("error")
def metadata_enum(skill: Skill) -> Iterator[Finding]:
    for field in skill.metadata.errors if skill.is_v1 else ():
        if field.error.keyword == "enum" and isinstance(field.error.value, str):
            name, value = field.given.name, field.error.value
            guess = nearest(value.replace("-", "_"), field.error.limit, 0.6)
            hint = f"; did you mean `{guess}`?" if guess else ""
            known = ", ".join(field.error.limit)
            message = f"`{name}` is `{value}`, not one of {known}{hint}"
            yield Finding(message, field.given.source, field.span)
