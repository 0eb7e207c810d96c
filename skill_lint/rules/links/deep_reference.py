"""A file that SKILL.md names links to a third file, which SKILL.md does not name.

Why: the specification keeps references one level deep. Agents read only a part of a linked file,
and often do not follow the links in it.

Fix: Name the third file in SKILL.md as well.

Bad:  SKILL.md -> references/api.md -> references/fields.md
Good: SKILL.md -> references/api.md and references/fields.md
"""

from collections.abc import Iterator

from skill_lint.rule import Finding, rule
from skill_lint.skill import Skill


@rule("warning", agentskills="warning")
def deep_reference(skill: Skill) -> Iterator[Finding]:
    named = skill.reach.is_named
    for name in skill.guidance_files:
        if name == skill.source.name or not named(name):
            continue
        own = {name, skill.source.name}
        for link in skill.references[name].links:
            third = link.path
            if link.found and third in skill.references and third not in own and not named(third):
                message = f"this link leads to `{third}`, which SKILL.md does not name"
                yield Finding(message, link.source, link.span, cause=third)
