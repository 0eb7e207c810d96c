"""A link's path has backslashes.

Why: backslashes separate folders only on Windows. On other systems they are part of the name, and
the link is broken.

Fix: Write the path with slashes.

Fix safety: Safe, because only the characters of the path change, and the new path exists.

Bad:  [API](references\\api.md)
Good: [API](references/api.md)
"""

from collections.abc import Iterator

from skill_lint.edits.links import pointing
from skill_lint.rule import Finding, rule
from skill_lint.skill import Skill


@rule("warning", agentskills="warning", fixable="safe")
def backslash_link(skill: Skill) -> Iterator[Finding]:
    for link in skill.links:
        if link.target.kind == "path" and "\\" in link.target.path:
            fix = pointing("Write slashes", link, link.path) if link.found else None
            message = f"`{link.written}` has backslashes"
            yield Finding(message, link.source, link.span, fix=fix, cause=link.path)
