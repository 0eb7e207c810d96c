"""The `skill_id` is not a path of lowercase words.

Why: the id is the skill's path in its collection. No lookup finds an id of another form.

Fix: Write lowercase letters, digits, `_` and `-`, with `/` between the segments.

Bad:  "skill_id": "Python/Async IO"
Good: "skill_id": "python/async-io"
"""

from collections.abc import Iterator

from skill_lint.rule import Finding, rule
from skill_lint.rules.metadata._pattern import off_pattern
from skill_lint.skill import Skill


@rule("error")
def skill_id_format(skill: Skill) -> Iterator[Finding]:
    yield from off_pattern(skill, "skill_id", "a path of lowercase words")
