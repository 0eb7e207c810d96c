"""The frontmatter is not at the beginning of the file.

Why: clients look for frontmatter at the very first character. After a heading, a comment, a blank
line, a code fence or a byte order mark most of them do not see it, and drop the skill.

Fix: Move the frontmatter to the very beginning of the file.

Fix safety: Safe, because only a byte order mark and blank lines are deleted. Text before the
frontmatter has no fix.

Bad:
    # PDF forms
    ---
    name: pdf-forms
    ---
Good:
    ---
    name: pdf-forms
    ---
    # PDF forms
"""

from collections.abc import Iterator

from skill_lint.diagnostic import Fix
from skill_lint.rule import Finding, rule
from skill_lint.skill import Skill, Span
from skill_lint.text.source import BYTE_ORDER_MARK


@rule("error", agentskills="error", fixable="safe", comment="end")
def late_frontmatter(skill: Skill) -> Iterator[Finding]:
    frontmatter = skill.frontmatter
    if not frontmatter.is_late:
        return
    before, remedy, fix = skill.source.text[: frontmatter.opening.start], "", None
    message = "the frontmatter does not stand at the beginning of the file"
    if before == BYTE_ORDER_MARK:
        message = "a byte order mark stands before the frontmatter"
        remedy = "Save the file as UTF-8 without a byte order mark."
    elif not before.strip():
        message = "a blank line stands before the frontmatter"
    if not before.strip(BYTE_ORDER_MARK).strip():
        cut = skill.source.edit(Span(0, frontmatter.opening.start), "")
        fix = Fix("Delete what stands before the frontmatter", (cut,))
    span = Span(0, 1) if remedy else frontmatter.opening
    yield Finding(message, skill.source, span, remedy=remedy, fix=fix)
