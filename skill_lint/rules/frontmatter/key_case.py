"""A key of the frontmatter is not in kebab-case.

Why: clients compare keys letter by letter: `github_stars` is not `github-stars`.

Fix: Write the key in lowercase, with hyphens between words.

Bad:  Display_Name: PDF forms
Good: display-name: PDF forms
"""

from collections.abc import Iterator

from skill_lint.lazy_regex import lazy_compile
from skill_lint.rule import Finding, rule
from skill_lint.schema import load
from skill_lint.skill import Skill

_KEBAB = lazy_compile(r"[^\W_A-Z]+(?:-[^\W_A-Z]+)*")


@rule("info")
def key_case(skill: Skill) -> Iterator[Finding]:
    known = load("skill-frontmatter")["properties"]
    for entry in skill.frontmatter.entries:
        if entry.key not in known and not _KEBAB.fullmatch(entry.key):
            message = f"key `{entry.key}` is not in kebab-case"
            yield Finding(message, skill.source, entry.key_span, cause=entry.key)
