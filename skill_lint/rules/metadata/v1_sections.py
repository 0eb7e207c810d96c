"""A v1 skill lacks one of the sections of its format.

Why: the v1 format asks for Overview, When to Use and Quick Reference. The rules of the family
`sections` check v2 skills instead.

Fix: Add the section that the message names.

Bad:
    # Async
    ## Details
Good:
    # Async
    ## Overview
    ## When to Use
    ## Quick Reference
"""

from collections.abc import Iterator

from skill_lint.markdown.headings import says, sections_for_use
from skill_lint.rule import Finding, rule
from skill_lint.skill import Skill


@rule("info", golden="warning", strict="off")
def v1_sections(skill: Skill) -> Iterator[Finding]:
    if not skill.is_v1 or not skill.is_readable:
        return
    document = skill.document
    missing = [title for title in ("Overview", "Quick Reference") if not says(document, (title,))]
    if not sections_for_use(document):
        missing.insert(min(1, len(missing)), "When to Use")
    for title in missing:
        yield Finding(f'there is no section "{title}"', skill.source, skill.body_start)
