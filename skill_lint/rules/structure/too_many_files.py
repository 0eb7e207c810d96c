"""A skill has more files and folders than the limit, and some are not checked.

Why: a skill is copied and searched as a whole. A tree of that size is a build or a dataset that
came in by mistake.

Fix: Move files that are not part of the skill out of its folder, or set `files-per-skill` under
`limits`.

Bad:  pdf-forms/ with a copy of a repository's history
Good: pdf-forms/ with its references and scripts
"""

from collections.abc import Iterator

from skill_lint.rule import Finding, rule
from skill_lint.skill import Skill


@rule("warning", agentskills="warning")
def too_many_files(skill: Skill) -> Iterator[Finding]:
    if (most := skill.tree.cut_at) is not None:
        message = f"more than {most:,} files and folders; the others are not checked"
        yield Finding(message, skill.source, about=".")
