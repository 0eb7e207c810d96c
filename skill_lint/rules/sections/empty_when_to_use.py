"""The section that says when to use the skill is empty.

Why: the heading promises the situations that the skill is for, and the agent finds none.

Fix: List the situations below the heading.

Bad:
    ## When to Use This Skill

    ## Steps
Good:
    ## When to Use This Skill
    - A PDF has fields to fill

Options:
    when-to-use-headings: More headings that count as "When to Use This Skill".
"""

from collections.abc import Iterator

from skill_lint.markdown.headings import sections_for_use
from skill_lint.rule import Finding, rule
from skill_lint.skill import Skill


@rule("info", golden="warning", comment="line")
def empty_when_to_use(
    skill: Skill, *, when_to_use_headings: tuple[str, ...] = ()
) -> Iterator[Finding]:
    found = sections_for_use(skill.document, when_to_use_headings)
    if found and not any(skill.document.has_content(section.span) for section in found):
        heading = found[0].heading
        yield Finding(f"nothing stands below `{heading.text}`", skill.source, heading.span)
