"""The value of `license` is not a string.

Why: the specification asks for the name of a license, or of a license file.

Fix: Write the license's name as one text.

Fix safety: Safe, because only quotes are put around a number, a boolean or a date. The characters
of the value stay. Lists and mappings have no fix.

Bad:
    license:
      - MIT
Good:
    license: MIT
"""

from collections.abc import Iterator

from skill_lint.rule import Finding, rule
from skill_lint.rules.frontmatter._string_type import not_a_string
from skill_lint.skill import Skill


@rule("warning", agentskills="warning", fixable="safe")
def license_type(skill: Skill) -> Iterator[Finding]:
    yield from not_a_string(skill, "license")
