"""The skill's file is not named exactly `SKILL.md`.

Why: most clients look for exactly this name, with the same upper and lower case. They never load
a skill whose file has another name. A name that only looks the same, such as `SKILL.markdown`, or
`SKILL.md` with a blank at its end or a Cyrillic letter, hides the file from clients and from
reviewers alike.

Fix: Rename the file to `SKILL.md`.

Fix safety: Safe, because the links to the file change with its name. There is no fix if one of them
cannot be changed, or if a nested skill may link to the file. There is none for a name that only
looks like `SKILL.md`.

Bad:  pdf/skill.md
Good: pdf/SKILL.md
"""

from collections.abc import Iterator

from skill_lint.diagnostic import Fix, Move
from skill_lint.edits.links import repoint
from skill_lint.rule import Finding, rule
from skill_lint.skill import Skill
from skill_lint.skill.file_name import escaped

_OR_DELETE = "Delete the file, or give it a name that nobody takes for `SKILL.md`."


@rule("error", agentskills="warning", fixable="safe", comment="none")
def skill_file_name(skill: Skill) -> Iterator[Finding]:
    if skill.skill_files and skill.skill_files[0] != "SKILL.md":
        name = skill.skill_files[0]
        message = f"the file is named `{name}`, not `SKILL.md`"
        yield Finding(message, skill.source, about=name, fix=_renaming(skill, name))
    for name in skill.nearly_skill_files:
        message = f"`{escaped(name)}` looks like `SKILL.md`, but no client loads it"
        remedy = _OR_DELETE if skill.skill_files else ""
        yield Finding(message, skill.read(name), remedy=remedy)


def _renaming(skill: Skill, name: str) -> Fix | None:
    """The fix that renames the file, in the links to it too."""
    links = [link for link in skill.links if link.path == name and link.found]
    edits = [edit for link in links if (edit := repoint(link, "SKILL.md", name))]
    # A nested skill may link to the file, and no fix edits another skill.
    if len(skill.skill_files) > 1 or len(edits) < len(links) or skill.tree.nested:
        return None
    move = Move(skill.path_of(name), skill.path_of("SKILL.md"))
    return Fix("Rename it to `SKILL.md`", tuple(edits), (move,))
