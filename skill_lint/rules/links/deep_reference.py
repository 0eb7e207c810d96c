"""A file that SKILL.md names sends the reader on to a third.

Why: the specification keeps references one level deep. Agents read a linked file in part, and
often do not follow the links in it.

Fix: Name the third file in SKILL.md as well.

Bad:  SKILL.md -> references/api.md -> references/fields.md
Good: SKILL.md -> references/api.md and references/fields.md
"""

from collections.abc import Iterator

from skill_lint.rule import Finding, rule
from skill_lint.skill import Skill


@rule("warning")
def deep_reference(skill: Skill) -> Iterator[Finding]:
    named = skill.reach.is_named
    for name in skill.guidance_files:
        if name == skill.source.name or not named(name):
            continue
        # A third file that is linked ten times is one step too far, not ten.
        seen = {name, skill.source.name}
        for link in skill.references[name].links:
            third = link.path
            if link.found and third in skill.references and third not in seen:
                seen.add(third)
                if not named(third):
                    message = f"SKILL.md does not name `{third}`, to which this link leads on"
                    yield Finding(message, link.source, link.span)
