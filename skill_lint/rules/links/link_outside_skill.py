"""A link leads out of the skill's directory.

Why: a skill is installed as one directory. Files beside it in this repository are not there when an
agent follows the link.

Fix: Copy the file into the skill, or name the other skill instead of its path.

Bad:  See [the style guide](../../docs/style.md)
Good: See [the style guide](references/style.md)
"""

from collections.abc import Iterator

from skill_lint.rule import Finding, rule
from skill_lint.skill import Skill


@rule("warning")
def link_outside_skill(skill: Skill) -> Iterator[Finding]:
    for link in skill.links:
        # `broken-link` reports a path that leads nowhere.
        if link.target.kind == "path" and link.path.startswith("..") and link.found:
            message = f"`{link.written}` is outside the skill"
            yield Finding(message, link.source, link.span, cause=link.path)
