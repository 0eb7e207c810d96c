"""The `name` is not a string.

Why: YAML reads `123` as a number, `yes` as a boolean and `2026-01-02` as a date. A client that
expects a string drops the skill or calls it `True`.

Fix: Put the name in quotes.

Fix safety: Safe, because only quotes are put around a number, a boolean or a date. The characters
of the value stay. Lists and mappings have no fix.

Bad:  name: 123
Good: name: "123"
"""

from collections.abc import Iterator

from skill_lint.rule import Finding, rule
from skill_lint.rules.frontmatter._string_type import not_a_string
from skill_lint.skill import Skill


@rule("error", agentskills="error", fixable="safe")
def name_type(skill: Skill) -> Iterator[Finding]:
    yield from not_a_string(skill, "name", shows_value=True)
