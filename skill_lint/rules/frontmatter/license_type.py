"""The value of `license` is not a string.

Why: the specification asks for the name of a license, or of a license file.

Fix: Write the license's name as one text.

Bad:
    license:
      - MIT
Good:
    license: MIT
"""

from collections.abc import Iterator

from skill_lint.edits.quote import quote_scalar
from skill_lint.rule import Finding, rule
from skill_lint.skill import Skill
from skill_lint.yaml.node import type_name


@rule("warning", fixable="safe")
def license_type(skill: Skill) -> Iterator[Finding]:
    entry = skill.frontmatter.get("license")
    if entry is None or entry.value is None:
        return
    if skill.errors_at("license", "type"):
        message = f"`license` is {type_name(entry.value)}, not a string"
        fix = quote_scalar(skill.source, entry.node)
        yield Finding(message, skill.source, entry.span, fix=fix)
