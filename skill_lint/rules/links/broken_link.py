"""A link leads to no file.

Why: an agent follows links literally; a broken one costs a turn and teaches nothing.

Fix: Correct the path, or add the file.

Fix safety: Unsafe, because the only file with a similar name may not be the file that was meant.

Bad:  See [the guide](references/giude.md)
Good: See [the guide](references/guide.md)
"""

import posixpath
from collections.abc import Iterator

from skill_lint.edits.links import pointing
from skill_lint.rule import Finding, rule
from skill_lint.rules.links._meant import meant
from skill_lint.skill import Skill
from skill_lint.text.spelling import Paths


@rule("error", agentskills="warning", fixable="unsafe", by_reach=True)
def broken_link(skill: Skill) -> Iterator[Finding]:
    known = Paths(skill.tree.files)
    for link in skill.links:
        if link.target.kind != "path" or link.found:
            continue
        if skill.tree.in_other_case(link.path) is None:
            folder = "" if link.target.from_root else posixpath.dirname(link.source.name)
            hint, fix = "", None
            if guess := known.nearest(link.path):
                hint = f"; did you mean `{guess.seen_from(folder)}`?"
                title = f"Link `{guess.path}`"
                fix = pointing(title, link, guess.path, "unsafe") if guess.only else None
            outside = ", outside the skill" if link.path.startswith("..") else ""
            yield Finding(
                f"no file at `{link.written}`{outside}{hint}", link.source, link.span,
                remedy="Correct the path, or drop the link." if outside else "",
                fix=fix, cause=link.path, covers=meant(skill.tree, link.path, guess),
            )  # fmt: skip
