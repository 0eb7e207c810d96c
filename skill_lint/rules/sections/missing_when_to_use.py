"""No heading says when to use the skill.

Why: the golden standard asks for a section "When to Use This Skill". It tells the agent, once the
skill is loaded, whether the skill fits the task. Headings that mean the same are known, such as
"Use cases" and "When to apply", also in Chinese and Japanese; `when-to-use-headings` adds more.
The migration guide calls the fault "Missing When to Use section".

Fix: Add a section `## When to Use This Skill` with the situations the skill is for.

Fix safety: Unsafe, because a heading gets other words, and its section may not say when to use the
skill.

Bad:
    # PDF forms
    ## Steps
Good:
    # PDF forms
    ## When to Use This Skill
    - A PDF has fields to fill

Options:
    when-to-use-headings: More headings that count as "When to Use This Skill".
"""

import re
from collections.abc import Iterator

from skill_lint.diagnostic import Fix
from skill_lint.lazy_regex import lazy_compile
from skill_lint.markdown.headings import sections_for_use
from skill_lint.rule import Finding, rule
from skill_lint.skill import Skill

_MEANT = lazy_compile(
    r"(?:(?:common|typical|key|main|primary|supported|ideal|example|possible) )?use[- ]cases?"
    r"|(?:usage|use) scenarios?|scenarios?|best for|ideal for|activation"
    r"|when to (?:apply|use|activate|invoke|load|choose|pick|trigger|consult)"
    r"(?: (?:it|this|this skill|the skill)\b.{0,30}| ?[:(\u2013\u2014-].{0,30})?"
    r"|(?:activation|trigger) (?:criteria|conditions?|words?|keywords?|rules?)",
    re.IGNORECASE,
)
"""Headings that probably say when to use the skill, in other words."""


@rule("info", golden="error", strict="off", fixable="unsafe")
def missing_when_to_use(
    skill: Skill, *, when_to_use_headings: tuple[str, ...] = ()
) -> Iterator[Finding]:
    # `v1-sections` checks v1 skills.
    if not skill.is_readable or skill.is_v1:
        return
    if sections_for_use(skill.document, when_to_use_headings):
        return
    message = 'missing "When to Use" section: no heading says when to use the skill'
    yield Finding(message, skill.source, skill.body_start, fix=_renaming(skill))


def _renaming(skill: Skill) -> Fix | None:
    """The fix that renames the only heading that means the same, if no link leads to a heading."""
    meant = [
        heading
        for heading in skill.document.headings
        if _MEANT.fullmatch(heading.text.rstrip(" :."))
    ]
    linked = any(link.target.anchor and link.path in ("", "SKILL.md") for link in skill.links)
    if len(meant) != 1 or linked or meant[0].level == 1:
        return None
    edit = skill.source.edit(meant[0].span, "When to Use This Skill")
    return Fix(f"Rename `{meant[0].text}`", (edit,), safety="unsafe")
