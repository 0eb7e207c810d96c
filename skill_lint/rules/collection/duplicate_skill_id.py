"""Two skills of one collection have the same `skill_id`.

Why: other skills depend on a skill by its id. If two skills have the same id, nobody can tell which
one is meant.

Fix: Give one of them the id that fits its folder.

Bad:  "skill_id": "python/testing" in skills/python/testing and in skills/python/pytest
Good: "skill_id": "python/pytest" in skills/python/pytest

Options:
    roots: Globs of more folders whose skills a client lists together, relative to the working
        directory.
"""

from collections.abc import Iterator

from skill_lint.collection.collection import Collection, GroupFinding, and_more, by_text, related
from skill_lint.rule import rule


@rule("error")
def duplicate_skill_id(
    collection: Collection, *, roots: tuple[str, ...] = ()
) -> Iterator[GroupFinding]:
    for skills in collection.by_root(roots).values():
        for text, group in by_text(
            (each, each.skill_id) for each in skills if each.skill_id
        ).items():
            if len(group) > 1:
                ids = dict(group)
                first, *others = collection.ordered(ids)
                more = and_more(len(others))
                message = f"the id `{text}` is also that of `{others[0].path}`{more}"
                places = related((ids[each].place for each in others), "the same id")
                yield GroupFinding(message, first, ids[first].place, tuple(others), places)
