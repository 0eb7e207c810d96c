"""The `name` is longer than the specification allows.

Why: clients refuse a skill whose name is over the limit.

Fix: Shorten the name, and the directory's name with it.

Bad:  name: a-very-long-name-that-tells-everything-the-skill-does-for-portable-documents
Good: name: pdf-forms
"""

import unicodedata
from collections.abc import Iterator

from skill_lint.rule import Finding, rule
from skill_lint.schema import load
from skill_lint.skill import Skill


@rule("error", agentskills="error")
def long_name(skill: Skill) -> Iterator[Finding]:
    # As in the reference implementation, the spaces around the name do not count.
    length = len(unicodedata.normalize("NFKC", (skill.frontmatter.text("name") or "").strip()))
    limit = load("skill-frontmatter")["properties"]["name"]["maxLength"]
    if length > limit:
        message = f"`name` has {length} characters; the limit is {limit}"
        span, directory = skill.frontmatter.by_key["name"].span, skill.tree.directory_name
        # A directory with a shorter name has the right one.
        cause = directory if len(directory) <= limit else ""
        yield Finding(message, skill.source, span, cause=cause)
