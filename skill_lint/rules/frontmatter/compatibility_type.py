"""The value of `compatibility` is not a string.

Why: the specification asks for one text; the reference implementation refuses anything else.

Fix: Write the requirements as one text.

Bad:
    compatibility:
      - python
Good:
    compatibility: Needs Python 3.11 or newer
"""

from collections.abc import Iterator

from skill_lint.edits.quote import quote_scalar
from skill_lint.rule import Finding, rule
from skill_lint.skill import Skill
from skill_lint.yaml.node import type_name


@rule("error", fixable="safe")
def compatibility_type(skill: Skill) -> Iterator[Finding]:
    entry = skill.frontmatter.get("compatibility")
    if entry is None or entry.node is None:
        return
    if skill.errors_at("compatibility", "type") and entry.value is not None:
        message = f"`compatibility` is {type_name(entry.value)}, not a string"
        fix = quote_scalar(skill.source, entry.node)
        yield Finding(message, skill.source, entry.span, fix=fix)
