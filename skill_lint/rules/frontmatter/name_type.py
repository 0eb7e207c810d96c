"""The `name` is not a string.

Why: YAML reads `123`, `yes` and `2026-01-02` as numbers, truth values and dates; a client that
expects a string drops the skill or calls it `True`.

Fix: Put the name in quotes.

Bad:  name: 123
Good: name: "123"
"""

from collections.abc import Iterator

from skill_lint.edits.quote import quote_scalar
from skill_lint.rule import Finding, rule
from skill_lint.skill import Skill
from skill_lint.yaml.node import type_name


@rule("error", fixable="safe")
def name_type(skill: Skill) -> Iterator[Finding]:
    entry = skill.frontmatter.get("name")
    if entry is None or entry.node is None or entry.value is None:
        return
    if skill.errors_at("name", "type"):
        kind = type_name(entry.value)
        written = f", `{entry.node.raw}`" if entry.node.kind == "scalar" else ""
        message = f"`name` is {kind}{written}, not a string"
        fix = quote_scalar(skill.source, entry.node)
        yield Finding(message, skill.source, entry.span, fix=fix)
