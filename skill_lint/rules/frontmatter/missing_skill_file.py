"""A folder that is clearly meant as a skill has no SKILL.md.

Why: without SKILL.md no client sees the skill, and none says so.

Fix: Add a SKILL.md, or move the folder away from the skills.

Bad:  skills/pdf/references/forms.md, and no skills/pdf/SKILL.md
Good: skills/pdf/SKILL.md beside skills/pdf/references/
"""

from collections.abc import Iterator

from skill_lint.rule import Finding, rule
from skill_lint.skill import Skill


@rule("error")
def missing_skill_file(skill: Skill) -> Iterator[Finding]:
    if skill.skill_files:
        return
    link = skill.tree.symlinks.get("SKILL.md")
    if link is not None:
        message = f"`SKILL.md` is a symbolic link to `{link.target}`, which does not exist"
    elif "metadata.json" in skill.tree.files:
        message = "there is no SKILL.md, though `metadata.json` names a skill"
    else:
        message = "there is no SKILL.md in a folder that looks like a skill beside other skills"
    yield Finding(message, skill.source)
