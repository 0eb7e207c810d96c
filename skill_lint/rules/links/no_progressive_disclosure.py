"""A long body has subdirectories beside it, and names none of their files.

Why: an agent loads the files that SKILL.md names, when it needs them. Files that SKILL.md does not
name are never read.

Fix: Link the files where the body covers their subject.

Bad:  10,000 characters beside references/ without a link to it
Good: See [the API](references/api.md)

Options:
    max-characters: The most characters of a body that may name none of the files beside it.
"""

from collections.abc import Iterator

from skill_lint.rule import Finding, rule
from skill_lint.skill import Skill


@rule("warning", comment="skill")
def no_progressive_disclosure(skill: Skill, *, max_characters: int = 8_000) -> Iterator[Finding]:
    body = skill.document.body
    folders = sorted({name.partition("/")[0] for name in skill.reach.judged})
    if len(body) <= max_characters or not folders or skill.is_checkout:
        return
    reach = skill.reach
    named = any(reach.is_folder_named(folder) for folder in folders)
    if not named and not any(reach.is_named(name) for name in reach.judged):
        names = ", ".join(f"`{name}/`" for name in folders)
        message = f"the body has {len(body):,} characters and names nothing in {names}"
        covers = tuple(f"{name}/" for name in folders)
        yield Finding(message, skill.source, skill.body_start, covers=covers)
