"""The file metadata.json is a symbolic link.

Why: in the v1 format every skill has its own metadata. A link makes two skills share one id, and is
lost when the skill is copied.

Fix: Replace the link by a file.

Bad:  metadata.json -> ../shared/metadata.json
Good: metadata.json as a file of its own
"""

from collections.abc import Iterator

from skill_lint.rule import Finding, rule
from skill_lint.skill import Skill
from skill_lint.skill.metadata import FILE


@rule("error")
def metadata_symlink(skill: Skill) -> Iterator[Finding]:
    link = skill.tree.symlinks.get(FILE)
    if link is not None and skill.is_v1:
        message = f"metadata.json is a symbolic link to `{link.target}`"
        yield Finding(message, skill.source, about=FILE, cause=FILE)
