"""A link differs from the file's name in upper and lower case.

Why: the link works on the author's macOS or Windows, and is broken on Linux, where most agents run.

Fix: Write the path exactly as the file is named.

Fix safety: Safe, because only the case of the path changes, and the new path exists.

Bad:  [API](references/API.md) for references/api.md
Good: [API](references/api.md)
"""

from collections.abc import Iterator

from skill_lint.edits.links import pointing
from skill_lint.rule import Finding, rule
from skill_lint.skill import Skill


@rule("error", agentskills="warning", fixable="safe", by_reach=True)
def wrong_case_link(skill: Skill) -> Iterator[Finding]:
    for link in skill.links:
        if link.target.kind != "path" or link.found:
            continue
        if (actual := skill.tree.in_other_case(link.path)) is not None:
            message = f"`{link.written}` differs from `{actual}` in upper and lower case"
            fix = pointing(f"Write `{actual}`", link, actual)
            yield Finding(message, link.source, link.span, fix=fix, cause=link.path)
