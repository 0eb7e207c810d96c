"""The check that the rules on a value's type share: a key that must have a string."""

from collections.abc import Iterator

from skill_lint.edits.quote import quote_scalar
from skill_lint.rule import Finding
from skill_lint.skill import Skill
from skill_lint.yaml.node import type_name


def not_a_string(skill: Skill, key: str, *, shows_value: bool = False) -> Iterator[Finding]:
    """The finding that the value of `key` is not a string; `shows_value` adds a scalar as written.

    Other rules report a key that is missing or empty.
    """
    entry = skill.frontmatter.get(key)
    if entry is None or entry.node is None or entry.value is None:
        return
    if skill.errors_at(key, "type"):
        is_shown = shows_value and entry.node.kind == "scalar"
        written = f", `{entry.node.raw}`" if is_shown else ""
        message = f"`{key}` is {type_name(entry.value)}{written}, not a string"
        fix = quote_scalar(skill.source, entry.node)
        yield Finding(message, skill.source, entry.span, fix=fix)
