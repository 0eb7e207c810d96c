"""What a migration must not do, whatever it was meant to do: judged before anything is written."""

from collections import Counter

from skill_lint.config.config import Config
from skill_lint.engine.check import check
from skill_lint.skill.skill import Skill
from skill_lint.skill.v1_homes import are_items, text_of
from skill_lint.yaml.node import Node, key_text

CHANGED_BY_FORMAT = frozenset({"missing-when-to-use"})
"""What v1-sections warns of, and v2 calls an error."""


def harm(before: Skill, after: Skill) -> str | None:
    """What is wrong with the migrated skill; None where nothing is."""
    if after.frontmatter.fault is not None or after.frontmatter.block is None:
        return "the frontmatter would not be valid YAML"
    if reason := _of_values(before, after):
        return reason
    old, new = before.document.headings, after.document.headings
    if [each.text for each in old] != [each.text for each in new[: len(old)]]:
        return "the headings of SKILL.md would change"
    brought = _errors(after) - _errors(before)
    brought = Counter({rule: brought[rule] for rule in brought if rule not in CHANGED_BY_FORMAT})
    if brought:
        return f"it would bring an error, `{min(brought)}`; mend what is behind it first"
    return None


def _of_values(before: Skill, after: Skill) -> str | None:
    """Whether any value of the frontmatter would be another than before."""
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
