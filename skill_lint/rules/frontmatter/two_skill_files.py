"""A directory holds SKILL.md in two spellings.

Why: which file is loaded depends on the client and the file system. On a file system that ignores
case one of the two files overwrites the other.

Fix: Keep `SKILL.md` and delete the other file.

Bad:  pdf/SKILL.md and pdf/skill.md
Good: pdf/SKILL.md
"""

from collections.abc import Iterator

from skill_lint.rule import Finding, RelatedSpan, rule
from skill_lint.skill import Skill, Span


@rule("warning", agentskills="warning", comment="skill")
def two_skill_files(skill: Skill) -> Iterator[Finding]:
    first, *others = skill.skill_files or [""]
    for name in others:
        related = RelatedSpan(skill.source, Span(0, 0), f"`{first}` is the one that is linted")
        yield Finding(f"`{name}` stands beside `{first}`", skill.read(name), related=(related,))
