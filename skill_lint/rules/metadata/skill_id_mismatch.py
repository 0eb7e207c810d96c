"""The `skill_id` differs from the path of the skill's directory.

Why: the tools of v1 find a skill by its id, below the collection's root. `_` and `-` count as the
same, and an id may be joined to one directory name: `python/async` in `python-async/`.

Fix: Correct the id, or move the directory.

Bad:  "skill_id": "python/async" in skills/python/threading/
Good: "skill_id": "python/async" in skills/python/async/
"""

from collections.abc import Iterator

from skill_lint.rule import Finding, rule
from skill_lint.skill import Skill
from skill_lint.skill.metadata import path_below_collection


@rule("warning")
def skill_id_mismatch(skill: Skill) -> Iterator[Finding]:
    given = skill.metadata.given("skill_id") if skill.is_v1 else []
    for each in given[:1]:
        if not isinstance(each.value, str) or not each.value.strip("/"):
            continue
        segments = [_normal(part) for part in each.value.strip("/").split("/")]
        parts = [_normal(part) for part in skill.metadata.folder.parts]
        below = path_below_collection(skill.metadata.folder)
        # Without a folder `skills` above, the root of the collection is not known.
        whole = below if len(below) > 1 else skill.metadata.folder.parts[-len(segments) :]
        if [_normal(part) for part in whole] != segments and parts[-1:] != ["-".join(segments)]:
            shown = "/".join(whole)
            message = f"`skill_id` is `{each.value}`, but the directory is `{shown}`"
            yield Finding(message, each.source, each.node.span)


def _normal(part: str) -> str:
    return part.replace("_", "-").lower()
