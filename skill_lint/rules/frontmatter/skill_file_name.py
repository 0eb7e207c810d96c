"""The skill's file is not named exactly `SKILL.md`.

Why: most clients look for that name alone, in that case; others never load the skill.

Fix: Rename the file to `SKILL.md`.

Bad:  pdf/skill.md
Good: pdf/SKILL.md
"""

from collections.abc import Iterator

from skill_lint.rule import Finding, rule
from skill_lint.skill import Skill


@rule("warning")
def skill_file_name(skill: Skill) -> Iterator[Finding]:
    if skill.skill_files and skill.skill_files[0] != "SKILL.md":
        yield Finding(f"the file is named `{skill.skill_files[0]}`, not `SKILL.md`", skill.source)
