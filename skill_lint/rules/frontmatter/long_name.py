"""The `name` is longer than the specification allows.

Why: clients refuse a skill whose name is over the limit.

Fix: Shorten the name, and the directory's name with it.

Bad:  name: a-very-long-name-that-tells-everything-the-skill-does-for-portable-documents
Good: name: pdf-forms
"""

from collections.abc import Iterator

from skill_lint.rule import Finding, rule
from skill_lint.skill import Skill


@rule("error")
def long_name(skill: Skill) -> Iterator[Finding]:
    for error in skill.errors_at("name", "maxLength"):
        length = len(skill.frontmatter.text("name") or "")
        message = f"`name` has {length} characters; the limit is {error.limit}"
        yield Finding(message, skill.source, skill.frontmatter.by_key["name"].span)
