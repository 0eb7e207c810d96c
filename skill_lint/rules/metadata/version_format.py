"""The `version` of a v1 skill is not three numbers with dots between them.

Why: tools compare versions number by number; `1.0` and `v1.0.0` are no such versions.

Fix: Write the version as MAJOR.MINOR.PATCH.

Bad:  "version": "1.0"
Good: "version": "1.0.0"
"""

from collections.abc import Iterator

from skill_lint.rule import Finding, rule
from skill_lint.skill import Skill


@rule("error")
def version_format(skill: Skill) -> Iterator[Finding]:
    for field in skill.metadata.errors if skill.is_v1 else ():
        if field.given.name == "version" and field.error.keyword == "pattern":
            message = f"`version` is `{field.given.value}`, not of the form 1.2.3"
            yield Finding(message, field.given.source, field.span)
