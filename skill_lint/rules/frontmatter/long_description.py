"""The `description` is longer than the specification allows.

Why: every client loads every description into the agent's context. Over the limit some clients cut
the description off, and some drop the skill.

Fix: Shorten the description; details belong in the body.

Bad:  description: followed by more than 1024 characters
Good: description: Fills PDF forms. Use when a PDF has fields to fill.
"""

from collections.abc import Iterator

from skill_lint.rule import Finding, rule
from skill_lint.skill import Skill


@rule("error", agentskills="error")
def long_description(skill: Skill) -> Iterator[Finding]:
    for error in skill.errors_at("description", "maxLength"):
        length = len(skill.frontmatter.text("description") or "")
        message = f"`description` has {length:,} characters; the limit is {error.limit:,}"
        yield Finding(message, skill.source, skill.frontmatter.by_key["description"].span)
