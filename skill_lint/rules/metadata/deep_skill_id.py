"""The `skill_id` has too many segments.

Why: the v1 format keeps its taxonomy flat. Ids of more than three segments are hard to remember
and to move.

Fix: Shorten the path to at most three segments.

Bad:  "skill_id": "technical/programming/languages/python/async"
Good: "skill_id": "programming/python/async"
"""

from collections.abc import Iterator

from skill_lint.rule import Finding, rule
from skill_lint.schema import load
from skill_lint.skill import Skill


@rule("warning")
def deep_skill_id(skill: Skill) -> Iterator[Finding]:
    most = load("skill-metadata")["properties"]["skill_id"]["x-max-segments"]
    given = skill.metadata.given("skill_id") if skill.is_v1 else []
    for each in given[:1]:
        number = each.value.count("/") + 1 if isinstance(each.value, str) else 0
        if number > most:
            message = f"`skill_id` has {number} segments; the limit is {most}"
            yield Finding(message, each.source, each.node.span)
