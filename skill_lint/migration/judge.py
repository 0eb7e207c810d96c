"""What a migration must not do: checked on the migrated skill before anything is written."""

from collections import Counter

from skill_lint.config.config import Config
from skill_lint.engine.check import check
from skill_lint.migration import second_reading
from skill_lint.skill.skill import Skill
from skill_lint.skill.v1_homes import are_items, text_of
from skill_lint.yaml.node import Node, key_text


def harm(before: Skill, after: Skill) -> str | None:
    """What is wrong with the migrated skill, or None."""
    if after.frontmatter.fault is not None or after.frontmatter.block is None:
        return "the frontmatter would not be valid YAML"
    if reason := _lost_value(before, after) or second_reading.objection(before, after):
        return reason
    old, new = before.document.headings, after.document.headings
    if [each.text for each in old] != [each.text for each in new[: len(old)]]:
        return "the headings of SKILL.md would change"
    new_errors = _errors(after) - _errors(before)
    if new_errors:
        return f"it would bring an error, `{min(new_errors)}`; fix its cause first"
    return None


def _lost_value(before: Skill, after: Skill) -> str | None:
    """The first value of the frontmatter that would be lost or changed, or None."""
    for key, entry in before.frontmatter.by_key.items():
        now = after.frontmatter.get(key)
        if key != "metadata" and (now is None or now.value != entry.value):
            return f"the value of `{key}` would change"
    old, new = _pairs(before), _pairs(after)
    for key, node in old.items():
        held = new.get(key)
        moved = node.kind == "sequence" and are_items(after, key, node.value)
        if held is None and not moved:
            return f"`metadata.{key}` would be lost"
        if held is not None and node.kind == "scalar" and text_of(held) != text_of(node):
            return f"the value of `metadata.{key}` would change"
    return None


def _pairs(skill: Skill) -> dict[str, Node]:
    entry = skill.frontmatter.get("metadata")
    pairs = entry.node.pairs if entry is not None and entry.node is not None else []
    return {key_text(key).replace("_", "-"): node for key, node in pairs}


def _errors(skill: Skill) -> Counter[str]:
    found = check(skill, Config().active)
    return Counter(each.rule for each in found if each.severity == "error")
