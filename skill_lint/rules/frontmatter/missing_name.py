"""The frontmatter has no `name`.

Why: clients list the skill by its name, and agents call it by its name.

Fix: Add `name`, equal to the name of the skill's directory.

Bad:
    ---
    description: Fills PDF forms.
    ---
Good:
    ---
    name: pdf-forms
    description: Fills PDF forms.
    ---
"""

from collections.abc import Iterator

from skill_lint.rule import Finding, rule
from skill_lint.skill import Skill


@rule("error", agentskills="error", comment="skill")
def missing_name(skill: Skill) -> Iterator[Finding]:
    frontmatter = skill.frontmatter
    entry = frontmatter.get("name")
    if entry is None:
        if frontmatter.lacks("name"):
            yield Finding("`name` is missing", skill.source, frontmatter.opening)
    elif entry.node is not None and (entry.value is None or not str(entry.value).strip()):
        yield Finding("`name` is empty", skill.source, entry.span)
