"""The value of `compatibility` is empty.

Why: the specification asks for 1 to 500 characters if the key is there.

Fix: Say what the skill needs, or delete the key.

Bad:  compatibility: ""
Good: compatibility: Needs Python 3.11 or newer
"""

from collections.abc import Iterator

from skill_lint.rule import Finding, rule
from skill_lint.skill import Skill


@rule("warning", agentskills="warning")
def empty_compatibility(skill: Skill) -> Iterator[Finding]:
    entry = skill.frontmatter.get("compatibility")
    if entry is None or entry.node is None:
        return
    if entry.value is None or skill.errors_at("compatibility", "minLength"):
        yield Finding("`compatibility` is empty", skill.source, entry.span)
