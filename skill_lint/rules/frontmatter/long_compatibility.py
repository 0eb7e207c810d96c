"""The value of `compatibility` is longer than the specification allows.

Why: clients may show it in a list; over the limit the reference implementation refuses the skill.

Fix: Shorten it; details belong in the body.

Bad:  compatibility: followed by more than 500 characters
Good: compatibility: Needs Python 3.11 or newer
"""

from collections.abc import Iterator

from skill_lint.rule import Finding, rule
from skill_lint.skill import Skill


@rule("error", agentskills="error")
def long_compatibility(skill: Skill) -> Iterator[Finding]:
    for error in skill.errors_at("compatibility", "maxLength"):
        length = len(skill.frontmatter.text("compatibility") or "")
        message = f"`compatibility` has {length:,} characters; the limit is {error.limit:,}"
        yield Finding(message, skill.source, skill.frontmatter.by_key["compatibility"].span)
