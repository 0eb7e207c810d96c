"""A folder that is clearly meant as a skill has no SKILL.md.

Why: without SKILL.md no client sees the skill, and none reports it.

Fix: Add a SKILL.md, or move the folder away from the skills.

Bad:  skills/pdf/references/forms.md, and no skills/pdf/SKILL.md
Good: skills/pdf/SKILL.md beside skills/pdf/references/
"""

from collections.abc import Iterator

from skill_lint.rule import Finding, rule
from skill_lint.skill import Skill
from skill_lint.skill.file_name import escaped, is_skill_file


@rule("error", agentskills="error", comment="none")
def missing_skill_file(skill: Skill) -> Iterator[Finding]:
    if skill.skill_files:
        return
    links = [link for name, link in skill.tree.symlinks.items() if is_skill_file(name)]
    cause = ""
    if links:
        cause = links[0].name
        message = f"`{cause}` is a symbolic link to `{links[0].target}`, which does not exist"
    elif '"skill_id"' in skill.read("metadata.json").text:
        message = "there is no SKILL.md, though `metadata.json` names a skill"
    elif skill.nearly_skill_files:
        name = skill.nearly_skill_files[0]
        message = f"there is no SKILL.md, only `{escaped(name)}`, whose name looks like it"
        yield Finding(message, skill.read(name))
        return
    else:
        message = "there is no SKILL.md in a folder that looks like a skill beside other skills"
    yield Finding(message, skill.source, about="SKILL.md", cause=cause)
