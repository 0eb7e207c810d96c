"""Two skills have one name.

Why: a client lists skills by name; of two with one name it loads one, and does not say which.

Fix: Rename one of them, or delete the copy that is not needed.

Bad:  name: pdf in skills/pdf/SKILL.md and in skills/forms/SKILL.md
Good: a name for each skill
"""

from collections.abc import Iterator

from skill_lint.collection.collection import Collection, GroupFinding, related
from skill_lint.collection.facts import Facts, Said
from skill_lint.rule import rule


@rule("warning")
def duplicate_name(collection: Collection) -> Iterator[GroupFinding]:
    groups: dict[str, list[tuple[Facts, Said]]] = {}
    for skill in collection.skills:
        if skill.name:
            groups.setdefault(skill.name.text, []).append((skill, skill.name))
    for name, group in groups.items():
        if len(group) > 1:
            said = dict(group)
            first, *others = collection.ordered(said)
            more = f" and {len(others) - 1:,} more" if len(others) > 1 else ""
            message = f"the name `{name}` is that of `{others[0].path}` too{more}"
            places = related((said[each].place for each in others), "the same name")
            yield GroupFinding(message, first, said[first].place, tuple(others), places)
