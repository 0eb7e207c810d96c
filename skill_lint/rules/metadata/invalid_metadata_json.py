"""The file metadata.json is not valid JSON.

Why: a tool that cannot parse the file loses all of the skill's metadata, or the skill. The file of
a v1 skill, which has a `skill_id`, must hold an object.

Fix: Correct the JSON here.

Bad:  {"skill_id": "python/async", "version": "1.0.0",}
Good: {"skill_id": "python/async", "version": "1.0.0"}
"""

from collections.abc import Iterator

from skill_lint.rule import Finding, rule
from skill_lint.skill import Skill, Span
from skill_lint.yaml.node import type_name


@rule("error")
def invalid_metadata_json(skill: Skill) -> Iterator[Finding]:
    file = skill.metadata.file
    if file.fault is not None:
        at, end = file.fault.offset, len(file.source.text)
        yield Finding(file.fault.message, file.source, Span(min(at, end), min(at + 1, end)))
    elif file.is_of_v1 and file.root is not None and file.root.kind != "mapping":
        kind = "a list" if file.root.kind == "sequence" else type_name(file.root.value)
        span = Span(file.root.span.start, file.root.span.start + 1)
        yield Finding(f"metadata.json is {kind}, not an object", file.source, span)
