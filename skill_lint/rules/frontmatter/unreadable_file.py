"""A file of the skill cannot be read as UTF-8 text, or a folder cannot be read at all.

Why: a client that cannot decode the file drops the skill, or shows the agent broken characters.

Fix: Save the file as UTF-8, and make it readable.

Bad:  a SKILL.md saved as UTF-16, or with a Windows-1252 `é`
Good: the same text saved as UTF-8
"""

from collections.abc import Iterator

from skill_lint.rule import Finding, rule
from skill_lint.skill import Skill, Span


@rule("error", agentskills="error", comment="none")
def unreadable_file(skill: Skill) -> Iterator[Finding]:
    for name, reason in sorted(skill.tree.unread.items()):
        where = f"the folder `{name}/`" if name else "the skill's folder"
        yield Finding(f"{where} cannot be read: {reason}", skill.source)
    for name in skill.markdown_files:
        source = skill.read(name)
        if source.problem is not None:
            yield Finding(source.problem.message, source, source.problem.span)
        for line, brackets in source.crowded_lines.items():
            message = f"a line with {brackets:,} `[`: its links are not read"
            start = source.line_starts[line - 1]
            yield Finding(message, source, Span(start, start + 1))
