"""SKILL.md does not begin with frontmatter.

Why: the name and the description are in the frontmatter. Without frontmatter
no client can list the skill.

Fix: Begin the file with a line `---`, the keys `name` and `description`, and a line `---`.

Bad:
    # PDF forms
Good:
    ---
    name: pdf-forms
    description: Fills PDF forms. Use when a PDF has fields to fill.
    ---

    # PDF forms
"""

from collections.abc import Iterator

from skill_lint.rule import Finding, rule
from skill_lint.skill import Skill


@rule("error", agentskills="error", comment="end")
def missing_frontmatter(skill: Skill) -> Iterator[Finding]:
    if skill.frontmatter.block is not None:
        return
    if skill.is_empty:
        yield Finding("the file is empty", skill.source)
    elif skill.is_readable:
        first = skill.source.line_span(1)
        yield Finding("the file does not begin with `---`", skill.source, first)
