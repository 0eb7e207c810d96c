"""The `description` is not a string.

Why: a client that expects a string drops the skill, or lists it as `True` or `['…']`.

Fix: Put the description in quotes, or write it as one text.

Bad:  description: [PDF, forms]
Good: description: Fills PDF forms. Use when a PDF has fields to fill.
"""

from collections.abc import Iterator

from skill_lint.edits.quote import quote_scalar
from skill_lint.rule import Finding, rule
from skill_lint.skill import Skill
from skill_lint.yaml.node import type_name


@rule("error", fixable="safe")
def description_type(skill: Skill) -> Iterator[Finding]:
    entry = skill.frontmatter.get("description")
    if entry is None or entry.value is None:
        return
    if skill.errors_at("description", "type"):
        message = f"`description` is {type_name(entry.value)}, not a string"
        fix = quote_scalar(skill.source, entry.node)
        yield Finding(message, skill.source, entry.span, fix=fix)
