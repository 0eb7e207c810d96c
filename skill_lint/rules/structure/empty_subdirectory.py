"""A subdirectory is empty.

Why: an empty folder promises content that is not there. A `.gitkeep` does not count as content.

Fix: Delete the folder, or add what it is for.

Fix safety: Unsafe, because the folder may be kept for files that are still to come, or be used by a
script. There is no fix if SKILL.md or a link names the folder.

Bad:  pdf-forms/references/.gitkeep and nothing else
Good: pdf-forms/references/api.md
"""

from collections.abc import Iterator

from skill_lint.diagnostic import Fix, Move
from skill_lint.rule import Finding, rule
from skill_lint.skill import Skill


@rule("info", golden="warning", fixable="unsafe")
def empty_subdirectory(skill: Skill) -> Iterator[Finding]:
    for name in skill.tree.subdirectories if not skill.is_checkout else ():
        # A folder that cannot be read may have content.
        inside = {*skill.tree.nested, *skill.tree.unread}
        if name in {*skill.tree.symlinks, *skill.tree.unread}:
            continue
        if any(each.startswith(f"{name}/") for each in inside):
            continue
        if not skill.tree.files_below(name):
            fix = _removal(skill, name)
            message = f"`{name}/` is empty"
            yield Finding(message, skill.source, fix=fix, about=name, cause=f"{name}/")


def _removal(skill: Skill, folder: str) -> Fix | None:
    """The fix that deletes the folder; None if it is named, or was not searched as a whole."""
    inside = {*skill.tree.unsearched, *skill.tree.symlinks}
    if any(name.startswith(f"{folder}/") for name in inside):
        return None
    if skill.reach.is_folder_named(folder) or any(link.path == folder for link in skill.links):
        return None
    below = {
        name for name in skill.tree.files | skill.tree.folders if name.startswith(f"{folder}/")
    }
    moves = tuple(Move(skill.path_of(name)) for name in sorted({folder, *below}, reverse=True))
    return Fix("Delete the folder", moves=moves, safety="unsafe")
