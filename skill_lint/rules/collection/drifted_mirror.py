"""Two copies of one skill, for two clients, are no longer the same.

Why: a skill that is kept in `.claude/skills` and in `.gemini/skills` is changed in one folder and
forgotten in the other. What an agent reads then depends on the client. Copies are skills in
different client roots that have the same name, the same folder name and mostly the same lines. The
frontmatter may differ, except for the description, because clients know different keys.
Translations, templates and vendored copies are not compared.

Fix: Copy the newer one over the other, or rename one if they are meant to differ.

Bad:  a step that only .claude/skills/pdf/SKILL.md has
Good: .claude/skills/pdf and .gemini/skills/pdf with the same body and files

Options:
    roots: Globs of more folders whose skills a client lists together, relative to the working
        directory.
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
    for group in mirrors(collection, roots):
        if finding := _finding(collection, collection.ordered(group)):
            yield finding


def _finding(collection: Collection, group: Sequence[Facts]) -> GroupFinding | None:
    first, *others = group
    pairs = ((each, first_difference(collection, first, each)) for each in others)
    drifted = [(each, difference) for each, difference in pairs if difference]
    if not drifted:
        return None
    other, difference = drifted[0]
    more = f"; {len(drifted) - 1:,} more differ too" if len(drifted) > 1 else ""
    message = f"`{other.path}` is a copy of this skill that differs {difference.words}{more}"
    places = related((diff.there for _, diff in drifted), "differs here")
    return GroupFinding(message, first, difference.here, tuple(each for each, _ in drifted), places)
