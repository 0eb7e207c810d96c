"""The `skill_id` is no path of lowercase words.

Why: the id is the skill's path in its collection; another form is found by no lookup.

Fix: Write lowercase letters, digits, `_` and `-`, with `/` between the segments.

Bad:  "skill_id": "Python/Async IO"
Good: "skill_id": "python/async-io"
"""

from collections.abc import Iterator

from skill_lint.rule import Finding, rule
from skill_lint.skill import Skill


@rule("error")
def skill_id_format(skill: Skill) -> Iterator[Finding]:
    for field in skill.metadata.errors if skill.is_v1 else ():
        if field.given.name == "skill_id" and field.error.keyword == "pattern":
            message = f"`skill_id` is `{field.given.value}`, and no path of lowercase words"
            yield Finding(message, field.given.source, field.span)
