"""The name or description is still the text of a template.

Why: a skill that was never filled in is listed to the agent like any other.

Fix: Replace the placeholder by the real text.

Bad:  description: TODO describe what the skill does
Good: description: Fills PDF forms. Use when a PDF has fields to fill.
"""

import re
from collections.abc import Iterator

from skill_lint.lazy_regex import lazy_compile
from skill_lint.rule import Finding, rule
from skill_lint.skill import Skill

_PLACEHOLDER = lazy_compile(
    r"\W*(?:TODO|TBD|FIXME|XXX)\b\W*(?:$|:|(?i:describe|add|write|fill|explain|update)\b)"
    r"|.*\[(?:TODO|TBD):|(?i:lorem ipsum)"
    r"|\W*(?i:replace (?:this|with (?:(?:a|the|your) )?(?:description|name|text)))"
    r"|\W*(?i:insert [^.]{0,40} here\b|description goes here)"
    r"|\W*(?i:(?:your|my)[ -](?:skill[ -]?)?(?:name|description)\b\W*(?:$|here\b|goes\b))"
    r"|\W*(?i:(?:a )?(?:brief|short|clear|one-line) description of (?:the|this|your|what)\b)"
    r"|[<{\[]+[^<>{}\[\]]*[>}\]]+\W*$",
    re.DOTALL,
)


@rule("warning")
def placeholder_text(skill: Skill) -> Iterator[Finding]:
    for key in ("name", "description"):
        text = skill.frontmatter.text(key)
        if text and _PLACEHOLDER.match(text.strip()[:500]):
            span = skill.frontmatter.by_key[key].span
            line = text.strip().splitlines()[0]
            shown = line if len(line) <= 60 else f"{line[:60]}..."
            yield Finding(f"`{key}` is a placeholder: `{shown}`", skill.source, span)
