"""Quotations or lists are nested so deep that their content is not read.

Why: no reader follows dozens of levels, and a parser that does is open to attack.

Fix: Write the innermost text on its own, or set `markdown-nesting` under `limits`.

Bad:  a line that begins with sixty `>`
Good: a quotation
"""

from collections.abc import Iterator

from skill_lint.rule import Finding, rule
from skill_lint.skill import Skill


@rule("warning", agentskills="warning", comment="line")
def deep_nesting(skill: Skill) -> Iterator[Finding]:
    for name in skill.markdown_files:
        document = skill.document_of(name)
        most = document.nesting
        for line in document.too_deep[:1]:
            message = f"blocks nested more than {most} deep are not read, from here on"
            yield Finding(message, document.source, line)
