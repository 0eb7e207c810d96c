"""The frontmatter's closing `---` is missing.

Why: without it the Markdown below is read as YAML, and the skill fails to load.

Fix: Add a line `---` after the last key.

Fix safety: Safe, because the line is added only between valid YAML and a heading, and only if
nothing below the heading looks like another key.

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
from skill_lint.lazy_regex import lazy_compile
from skill_lint.rule import Finding, rule
from skill_lint.skill import Skill, Span
from skill_lint.skill.frontmatter import Block

LOOKED_AT = 12
"""How many lines below the missing `---` are searched for keys."""
_HEADING = lazy_compile(r"#{1,6} \S")
_KEY = lazy_compile(r"""["']?[A-Za-z][\w -]{0,30}["']?[ \t]*:(?:[ \t]|$)""")
_NEARLY = lazy_compile(r"\s*(?:-{2,}|[\u2013\u2014]+)\s*")


@rule("error", agentskills="error", fixable="safe", comment="end")
def unclosed_frontmatter(skill: Skill) -> Iterator[Finding]:
    block = skill.frontmatter.block
    if block is None or not block.unclosed:
        return
    message, fix = "the frontmatter that begins here has no closing `---`", None
    if block.closes_at is not None:
        line = skill.source.position(block.closes_at)[0]
        message += f"; it belongs on line {line}"
        fix = _closing(skill, block)
    yield Finding(message, skill.source, skill.frontmatter.opening, fix=fix)


def _closing(skill: Skill, block: Block) -> Fix | None:
    """The fix that adds the closing line; None if it may belong somewhere else."""
    at, text = block.closes_at, skill.source.text
    assert at is not None
    head = text[block.content.start : at].rstrip().splitlines()
    rest = text[at:].strip().splitlines()[:LOOKED_AT]
    if not rest or not _HEADING.match(rest[0]) or any(map(_KEY.match, rest)):
        return None
    # A `#` line may be a comment, and a line of dashes may be meant as the closing line.
    if text[at] not in "\r\n" or any(_NEARLY.fullmatch(line) for line in (*head, *rest)):
        return None
    closing = f"---{skill.source.line_end}"
    return Fix("Close the frontmatter", (skill.source.edit(Span(at, at), closing),))
