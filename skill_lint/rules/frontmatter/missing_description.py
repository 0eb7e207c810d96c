"""The frontmatter has no `description`.

Why: the description is all that an agent sees when it decides whether to load the skill.

Fix: Add a `description` that says what the skill does and when to use it.

Bad:
    ---
    name: pdf-forms
    ---
Good:
    ---
    name: pdf-forms
    description: Fills PDF forms. Use when a PDF has fields to fill.
    ---
"""

from collections.abc import Iterator

from skill_lint.rule import Finding, rule
from skill_lint.skill import Skill


@rule("error", agentskills="error", comment="skill")
def missing_description(skill: Skill) -> Iterator[Finding]:
    frontmatter = skill.frontmatter
    if frontmatter.lacks("description"):
        yield Finding("`description` is missing", skill.source, frontmatter.opening)
