"""A v1 skill lacks a field that the format requires.

Why: the tools of the v1 format sort, load and resolve skills by these fields. They replace a
missing field by a default that the author did not choose. Fields in the frontmatter's `metadata`
count too.

Fix: Add the field.

Bad:  {"skill_id": "python/async", "version": "1.0.0"}
Good: all of skill_id, version, type, weight, load_priority, dependencies and capabilities
"""

from collections.abc import Iterator

from skill_lint.rule import Finding, rule
from skill_lint.schema import load
from skill_lint.skill import Skill, Span


@rule("error")
def missing_metadata_field(skill: Skill) -> Iterator[Finding]:
    metadata = skill.metadata
    if not metadata.is_v1 or metadata.file.fault is not None:
        return
    root = metadata.file.root
    if root is not None and root.kind != "mapping":
        return
    if root is not None and metadata.file.is_of_v1:
        source, span = metadata.file.source, Span(root.span.start, root.span.start + 1)
    else:
        source, span = skill.source, skill.frontmatter.by_key["metadata"].key_span
    for name in load("skill-metadata")["required"]:
        if not metadata.given(name):
            yield Finding(f"`{name}` is missing", source, span)
