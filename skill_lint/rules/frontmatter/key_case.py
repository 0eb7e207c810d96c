"""A key of the frontmatter is not in kebab-case.

Why: clients compare keys letter by letter: `github_stars` is not `github-stars`. `unknown-key`
reports a known key in another spelling.

Fix: Write the key in lowercase, with hyphens between words.

Bad:  Display_Name: PDF forms
Good: display-name: PDF forms
"""

from collections.abc import Iterator

from skill_lint.lazy_regex import lazy_compile
from skill_lint.rule import Finding, rule
from skill_lint.schema import load
from skill_lint.skill import Skill
from skill_lint.text.spelling import kebab

_KEBAB = lazy_compile(r"[^\W_A-Z]+(?:-[^\W_A-Z]+)*")


@rule("info")
def key_case(skill: Skill) -> Iterator[Finding]:
    known = load("skill-frontmatter")["properties"]
    for entry in skill.frontmatter.entries:
        # `unknown-key` reports a known key in another spelling, with the right one.
        if entry.key in known or kebab(entry.key) in known:
            continue
        if not _KEBAB.fullmatch(entry.key):
            yield Finding(f"key `{entry.key}` is not in kebab-case", skill.source, entry.key_span)
