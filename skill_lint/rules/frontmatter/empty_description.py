"""The `description` is there and says nothing.

Why: the description is all that an agent sees when it decides whether to load the skill.

Fix: Say what the skill does and when to use it.

Bad:  description: ""
Good: description: Fills PDF forms. Use when a PDF has fields to fill.
"""

from collections.abc import Iterator

from skill_lint.rule import Finding, rule
from skill_lint.skill import Skill


@rule("error")
def empty_description(skill: Skill) -> Iterator[Finding]:
    entry = skill.frontmatter.get("description")
    if entry is None or entry.node is None:
        return
    if entry.value is None or (isinstance(entry.value, str) and not entry.value.strip()):
        yield Finding("`description` is empty", skill.source, entry.span)
