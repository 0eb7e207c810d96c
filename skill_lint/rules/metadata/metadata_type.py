"""A field of v1 has a value of the wrong type.

Why: a tool that expects a list and finds a string reads the string letter by letter, or fails.

Fix: Write the value in the type that the message names.

Fix safety: Safe, because only quotes are put around a number, a boolean or a date in the
frontmatter. The characters of the value stay. Values of another type, and values in
metadata.json, have no fix.

Bad:  "capabilities": "async syntax"
Good: "capabilities": ["async syntax"]
"""

from collections.abc import Iterator

from skill_lint.edits.quote import quote_scalar
from skill_lint.rule import Finding, rule
from skill_lint.skill import Skill
from skill_lint.yaml.node import type_name

_NAMES = {
    "array": "a list",
    "boolean": "a boolean",
    "object": "a mapping",
    "string": "a string",
}


@rule("error", fixable="safe")
def metadata_type(skill: Skill) -> Iterator[Finding]:
    for field in skill.metadata.errors if skill.is_v1 else ():
        given, error = field.given, field.error
        if error.keyword != "type":
            continue
        subject = f"`{given.name}`" if len(error.path) == 1 else f"an item of `{given.name}`"
        message = f"{subject} is {type_name(error.value)}, not {_NAMES[error.limit]}"
        is_text = error.limit == "string" and given.source is skill.source
        fix = quote_scalar(skill.source, field.node) if is_text else None
        yield Finding(message, given.source, field.span, fix=fix, cause=given.name)
