"""The `version` of a v1 skill is not three numbers with dots between them.

Why: tools compare versions number by number. `1.0` and `v1.0.0` do not have this form.

Fix: Write the version as MAJOR.MINOR.PATCH.

Bad:  "version": "1.0"
Good: "version": "1.0.0"
"""

from collections.abc import Iterator

from skill_lint.rule import Finding, rule
from skill_lint.rules.metadata._pattern import off_pattern
from skill_lint.skill import Skill


@rule("error")
def version_format(skill: Skill) -> Iterator[Finding]:
    yield from off_pattern(skill, "version", "of the form 1.2.3")
