"""The value of `compatibility` is not a string.

Why: the specification asks for one string; the reference implementation refuses anything else.

Fix: Write the requirements as one text.

Fix safety: Safe, because only quotes are put around a number, a boolean or a date. The characters
of the value stay. Lists and mappings have no fix.

Bad:
    compatibility:
      - python
Good:
    compatibility: Needs Python 3.11 or newer
"""

from collections.abc import Iterator

from skill_lint.rule import Finding, rule
from skill_lint.rules.frontmatter._string_type import not_a_string
from skill_lint.skill import Skill


@rule("error", agentskills="error", fixable="safe")
def compatibility_type(skill: Skill) -> Iterator[Finding]:
    yield from not_a_string(skill, "compatibility")
