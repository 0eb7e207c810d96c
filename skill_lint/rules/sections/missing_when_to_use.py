"""No heading says when to use the skill.

Why: the golden standard asks for a section "When to Use This Skill": it tells the agent, once the
skill is loaded, whether it fits the task at hand. `when-to-use-headings` adds headings that mean
the same to those that are known: "Use cases", "When to apply", also in Chinese and Japanese.

Fix: Add a section `## When to Use This Skill` with the situations the skill is for.

Bad:
    # PDF forms
    ## Steps
Good:
    # PDF forms
    ## When to Use This Skill
    - A PDF has fields to fill
"""

from collections.abc import Iterator

from skill_lint.rule import Finding, rule
from skill_lint.skill import Skill
from skill_lint.skill.headings import sections_for_use


@rule("error")
def missing_when_to_use(
    skill: Skill, *, when_to_use_headings: tuple[str, ...] = ()
) -> Iterator[Finding]:
    if not skill.is_readable or sections_for_use(skill.document, when_to_use_headings):
        return
    message = 'missing "When to Use" section: no heading says when to use the skill'
    yield Finding(message, skill.source, skill.body_start)
