"""A subdirectory has a name of the older format.

Why: the golden standard has one folder for each kind of file. `capabilities/`, `resources/` and
`tests/` belong to the format before it.

Fix: Move its files to the folder that the message names, and update the links.

Fix safety: Unsafe, because files move. Links and mentions in the skill's Markdown follow them, but
links from outside of the skill do not.

Bad:  pdf-forms/resources/api.md
Good: pdf-forms/references/api.md

Options:
    subdirectories: Names of folders of the older format that may stay.
"""

from collections.abc import Iterator

from skill_lint.edits.folders import rename_folder
from skill_lint.rule import Finding, rule
from skill_lint.skill import Skill
from skill_lint.skill.layout import LEGACY, SUCCESSORS


@rule("info", golden="warning", fixable="unsafe")
def legacy_subdirectory(skill: Skill, *, subdirectories: tuple[str, ...] = ()) -> Iterator[Finding]:
    # A v1 skill keeps these folders until it is migrated.
    if skill.is_checkout or skill.is_v1:
        return
    for name in skill.tree.subdirectories:
        if name in LEGACY and name not in subdirectories and skill.tree.files_below(name):
            message = f"`{name}/` is a folder of the older format; {LEGACY[name]}"
            to = SUCCESSORS.get(name)
            fix = rename_folder(skill, name, to) if to else None
            yield Finding(message, skill.source, about=name, fix=fix)
