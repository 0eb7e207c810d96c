"""Everything in metadata.json stands in SKILL.md as well.

Why: two homes for one fact drift apart; the file may be deleted, and nothing is lost.

Fix: Delete metadata.json.

Bad:  a metadata.json that says nothing new
Good: SKILL.md alone
"""

from collections.abc import Iterator

from skill_lint.rule import Finding, rule
from skill_lint.skill import Skill
from skill_lint.skill.v1_homes import homeless


@rule("info")
def metadata_redundant(skill: Skill) -> Iterator[Finding]:
    metadata = skill.metadata
    if metadata.file.is_of_v1 and metadata.file.fault is None and not homeless(skill):
        message = "metadata.json says nothing that SKILL.md does not say; it may be deleted"
        yield Finding(message, metadata.file.source)
