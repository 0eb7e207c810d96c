"""The `metadata` is not a map from strings to strings.

Why: the specification allows only strings. YAML reads `version: 1.0` as a number, which a client
may print as `1`. Clients that follow the specification drop lists and mappings.

A v1 skill keeps lists there: `metadata-type` checks it instead, unless `allow-v1` is false.

Fix: Put each value in quotes; write lists as one string.

Fix safety: Safe, because only quotes are put around a number, a boolean or a date. The characters
of the key or value stay. Lists and mappings have no fix.

Bad:
    metadata:
      version: 1.0
Good:
    metadata:
      version: "1.0"

Options:
    allow-v1: Accept lists and mappings in the `metadata` of a v1 skill.
"""

from collections.abc import Iterator

from skill_lint.edits.quote import quote_scalar
from skill_lint.rule import Finding, rule
from skill_lint.skill import Skill
from skill_lint.yaml.node import key_text, type_name


@rule("warning", agentskills={"severity": "warning", "allow-v1": False}, fixable="safe")
def metadata_values(skill: Skill, *, allow_v1: bool = True) -> Iterator[Finding]:
    entry = skill.frontmatter.get("metadata")
    if allow_v1 and skill.is_v1:
        return
    if entry is None or entry.node is None or entry.value is None:
        return
    if entry.node.kind != "mapping":
        message = f"`metadata` is {type_name(entry.value)}, not a mapping"
        yield Finding(message, skill.source, entry.span)
    for key, value in entry.node.pairs:
        if not isinstance(key.value, str):
            kind = f"{type_name(key.value)}, `{key.raw}`"
            message = f"a key of `metadata` is {kind}, not a string"
            yield Finding(message, skill.source, key.span, fix=quote_scalar(skill.source, key))
        if not isinstance(value.value, str):
            raw = value.raw if value.kind == "scalar" else ""
            span = value.span if raw or value.flow else key.span
            written = f", `{raw}`" if raw else ""
            kind = "empty" if value.value is None else f"{type_name(value.value)}{written}"
            message = f"`metadata.{key_text(key)}` is {kind}, not a string"
            # An alias brings in a value from elsewhere, and other keys use it too.
            own = entry.node.span.start <= value.span.start < entry.node.span.end
            fix = quote_scalar(skill.source, value) if own else None
            yield Finding(message, skill.source, span, fix=fix)
