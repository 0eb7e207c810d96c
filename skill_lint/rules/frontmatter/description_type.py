"""The `description` is not a string.

Why: a client that expects a string drops the skill, or lists it as `True` or `['…']`.

Fix: Put the description in quotes, or write it as one text.

Fix safety: Safe, because only quotes are put around a number, a boolean or a date. The characters
of the value stay. Lists and mappings have no fix.

Bad:  description: [PDF, forms]
Good: description: Fills PDF forms. Use when a PDF has fields to fill.
"""

from collections.abc import Iterator

from skill_lint.rule import Finding, rule
from skill_lint.rules.frontmatter._string_type import not_a_string
from skill_lint.skill import Skill


@rule("error", agentskills="error", fixable="safe")
def description_type(skill: Skill) -> Iterator[Finding]:
    yield from not_a_string(skill, "description")
