"""Rename a skill in its frontmatter."""

from skill_lint.diagnostic import Fix
from skill_lint.edits.quote import rewrite
from skill_lint.skill.skill import Skill


def rename(skill: Skill, name: str) -> Fix | None:
    """The fix that changes the value of `name`; None if it is not a plain or quoted scalar."""
    entry = skill.frontmatter.by_key["name"]
    written = rewrite(entry.node, name) if entry.node else None
    if written is None:
        return None
    return Fix(f"Name it `{name}`", (skill.source.edit(entry.span, written),), safety="unsafe")
