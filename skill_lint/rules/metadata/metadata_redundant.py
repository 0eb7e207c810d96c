"""Everything in metadata.json is also in SKILL.md.

Why: a fact that is kept in two files gets out of step. The file can be deleted without loss.

Fix: Delete metadata.json.

Bad:  a metadata.json with nothing new
Good: only SKILL.md
"""

from collections.abc import Iterator

from skill_lint.rule import Finding, rule
from skill_lint.skill import Skill
from skill_lint.skill.v1_homes import homeless


@rule("info")
def metadata_redundant(skill: Skill) -> Iterator[Finding]:
    metadata = skill.metadata
    if metadata.file.is_of_v1 and metadata.file.fault is None and not homeless(skill):
        message = "everything in metadata.json is also in SKILL.md; the file can be deleted"
        yield Finding(message, metadata.file.source)
