"""SKILL.md does not lead to a file of the skill, either directly or through other files.

Why: an agent reads the files that it is sent to. A file that no link, mention, command or import
leads to is dead weight, or a link was forgotten. `allow` lists globs of files to ignore.

Fix: Name the file in SKILL.md, or in a file that SKILL.md leads to.

Bad:  references/api.md, which SKILL.md does not name
Good: See [the API](references/api.md)

Options:
    allow: Globs of files that nothing needs to lead to, relative to the skill.
"""

from collections.abc import Iterator
from fnmatch import fnmatchcase
from itertools import groupby
from pathlib import PurePosixPath

from skill_lint.rule import Finding, rule
from skill_lint.skill import Skill

MANY = 4
"""If a folder has more orphans than this, they are reported as one finding."""


@rule("warning", comment="skill")
def orphan_file(skill: Skill, *, allow: tuple[str, ...] = ()) -> Iterator[Finding]:
    if not skill.is_readable or skill.is_checkout:
        return
    orphans = [
        name for name in skill.reach.orphans if not any(fnmatchcase(name, glob) for glob in allow)
    ]
    for folder, group in groupby(orphans, key=lambda name: str(PurePosixPath(name).parent)):
        names = list(group)
        if len(names) > MANY:
            message = (
                f"SKILL.md leads to none of {len(names)} files in `{folder}/`: `{names[0]}`, ..."
            )
            yield Finding(message, skill.source, about=folder, cause=f"{folder}/")
        else:
            yield from (
                Finding(f"SKILL.md does not lead to `{name}`", skill.read(name), cause=name)
                for name in names
            )
