"""Two copies of one skill, for two clients, are no longer the same.

Why: a skill that is kept in `.claude/skills` and in `.gemini/skills` is mended in one place and
forgotten in the other; what an agent is told then depends on the client. Copies are skills of one
name and folder name in different client roots, and most lines the same. The frontmatter may
differ, but for the description: clients know different keys. Translations, templates and vendored
copies are no mirrors.

Fix: Copy the newer one over the other, or rename one if they are meant to differ.

Bad:  a step that only .claude/skills/pdf/SKILL.md has
Good: .claude/skills/pdf and .gemini/skills/pdf with the same body and files
"""

from collections.abc import Iterator, Sequence

from skill_lint.collection.collection import Collection, GroupFinding, related
from skill_lint.collection.facts import Facts
from skill_lint.collection.mirrors import first_difference, mirrors
from skill_lint.rule import rule


@rule("warning")
def drifted_mirror(
    collection: Collection, *, roots: tuple[str, ...] = ()
) -> Iterator[GroupFinding]:
    for group in mirrors(collection.by_root(roots)):
        if finding := _finding(collection.ordered(group)):
            yield finding


def _finding(group: Sequence[Facts]) -> GroupFinding | None:
    first, *others = group
    found = [(each, diff) for each in others if (diff := first_difference(first, each))]
    if not found:
        return None
    other, difference = found[0]
    more = f"; {len(found) - 1:,} more differ too" if len(found) > 1 else ""
    message = f"`{other.path}` is a copy that differs {difference.words}{more}"
    places = related((diff.there for _, diff in found), "differs here")
    return GroupFinding(message, first, difference.here, tuple(each for each, _ in found), places)
