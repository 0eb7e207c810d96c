"""A `---` line of the frontmatter has trailing blanks.

Why: nobody sees the blanks, and a client that compares the whole line does not find where the
frontmatter begins or ends.

Fix: Delete the blanks.

Fix safety: Safe, because only the trailing blanks are deleted.

Bad:  a line of three hyphens and a blank
Good: a line of three hyphens
"""

from collections.abc import Iterator

from skill_lint.diagnostic import Fix
from skill_lint.rule import Finding, rule
from skill_lint.skill import Skill, Span


@rule("warning", agentskills="warning", fixable="safe", comment="skill")
def padded_delimiter(skill: Skill) -> Iterator[Finding]:
    block, source = skill.frontmatter.block, skill.source
    if block is None:
        return
    lines = [source.position(block.opening.start)[0]]
    if not block.unclosed:
        lines.append(source.position(block.content.end)[0])
    for line in map(source.line_span, lines):
        blanks = len(source.slice(line)) - len(source.slice(line).rstrip(" \t"))
        if blanks:
            span = Span(line.end - blanks, line.end)
            fix = Fix("Delete the blanks", (source.edit(span, ""),))
            yield Finding("the `---` has trailing blanks", source, span, fix=fix)
