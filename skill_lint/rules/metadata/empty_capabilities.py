"""The list of `capabilities` is empty.

Why: the v1 format finds and combines skills by their capabilities. A skill without any is never
found.

Fix: List what the skill can do.

Bad:  "capabilities": []
Good: "capabilities": ["async_syntax", "event_loops"]
"""

from collections.abc import Iterator

from skill_lint.rule import Finding, rule
from skill_lint.skill import Skill


@rule("warning")
def empty_capabilities(skill: Skill) -> Iterator[Finding]:
    for each in skill.metadata.given("capabilities")[:1] if skill.is_v1 else ():
        if each.value == []:
            yield Finding("`capabilities` is empty", each.source, each.node.span)
