"""A symbolic link leads out of the skill.

Why: a skill is copied, packed and installed as one directory. There, a link out of it breaks, or
brings in a file that nobody meant to ship. skill-lint does not follow the link.

Fix: Copy the file into the skill, or keep the skill self-contained.

Bad:  references/api.md -> ../../shared/api.md
Good: references/api.md
"""

from collections.abc import Iterator

from skill_lint.rule import Finding, rule
from skill_lint.skill import Skill
from skill_lint.skill.file_name import is_skill_file


@rule("warning")
def escaping_symlink(skill: Skill) -> Iterator[Finding]:
    for name, link in sorted(skill.tree.symlinks.items()):
        if link.escapes and not link.dangling and not is_skill_file(name):
            message = f"`{name}` is a symbolic link out of the skill, to `{link.target}`"
            yield Finding(message, skill.source, about=name, cause=name)
