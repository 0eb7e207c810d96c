"""A symbolic link leads nowhere.

Why: the file that the skill should have there is missing.

Fix: Correct the link's target, or delete the link.

Bad:  references/api.md -> api-v1.md, which was deleted
Good: references/api.md -> api-v2.md
"""

from collections.abc import Iterator

from skill_lint.rule import Finding, rule
from skill_lint.skill import Skill


@rule("warning")
def dangling_symlink(skill: Skill) -> Iterator[Finding]:
    for name, link in sorted(skill.tree.symlinks.items()):
        if link.dangling:
            message = f"`{name}` is a symbolic link to `{link.target}`, which does not exist"
            yield Finding(message, skill.source, about=name, cause=name)
