"""The skill is of the v1 format, and can be migrated.

Why: the v1 format is deprecated, but still valid. `skill-lint migrate` moves a skill to v2 without
losing anything; `--dry-run` shows what it would do.

Fix: Run `skill-lint migrate` on the skill's directory.

Bad:  SKILL.md and metadata.json
Good: SKILL.md, with all of the metadata in the frontmatter and the text
"""

from collections.abc import Iterator

from skill_lint.rule import Finding, rule
from skill_lint.skill import Skill
from skill_lint.skill.v1_homes import homeless


@rule("info")
def can_migrate(skill: Skill) -> Iterator[Finding]:
    file = skill.metadata.file
    message = "the skill is of the v1 format; `skill-lint migrate` moves it to v2"
    if file.is_of_v1:
        # `metadata-redundant` reports a file that is no longer needed.
        if file.fault is None and homeless(skill):
            yield Finding(message, file.source)
    elif skill.is_v1:
        given = skill.metadata.block["skill_id"]
        yield Finding(message, given.source, given.key_span)
