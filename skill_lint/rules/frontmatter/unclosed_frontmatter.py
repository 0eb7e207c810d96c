"""The frontmatter's closing `---` is missing.

Why: without it the Markdown below is read as YAML, and the skill fails to load.

Fix: Add a line `---` behind the last key.

Bad:
    ---
    name: pdf-forms
    description: Fills PDF forms.

    # PDF forms
Good:
    ---
    name: pdf-forms
    description: Fills PDF forms.
    ---

    # PDF forms
"""

from collections.abc import Iterator

from skill_lint.diagnostic import Fix
from skill_lint.rule import Finding, rule
from skill_lint.skill import Skill, Span


@rule("error", fixable="safe")
def unclosed_frontmatter(skill: Skill) -> Iterator[Finding]:
    block = skill.frontmatter.block
    if block is None or not block.unclosed:
        return
    message, fix = "the frontmatter that begins here has no closing `---`", None
    if block.closes_at is not None:
        line = skill.source.position(block.closes_at)[0]
        message += f"; it belongs on line {line}"
        closing = f"---{skill.source.line_end}"
        edit = skill.source.edit(Span(block.closes_at, block.closes_at), closing)
        fix = Fix("Close the frontmatter", (edit,))
    yield Finding(message, skill.source, skill.frontmatter.opening, fix=fix)
