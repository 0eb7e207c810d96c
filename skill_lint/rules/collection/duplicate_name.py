"""Two skills that are listed together have the same name.

Why: a client lists skills by name. Of two skills with the same name it loads one, and does not say
which. Skills are listed together if they are in the same client root: the nearest folder above them
that is called `skills`, a client's folder such as `.claude`, a plugin's, or a translation's. Copies
in the folders of other clients are mirrors, and are not reported. Neither are test data, templates
and vendored skills. `roots` are globs of more folders that are roots, relative to the working
directory.

Fix: Rename one of them, or delete the copy that is not needed.

Bad:  name: pdf in skills/pdf/SKILL.md and in skills/forms/SKILL.md
Good: name: pdf in skills/pdf/SKILL.md and in .claude/skills/pdf/SKILL.md

Options:
    roots: Globs of more folders whose skills a client lists together, relative to the working
        directory.
"""

from collections.abc import Iterator

from skill_lint.collection.collection import Collection, GroupFinding, and_more, by_text, related
from skill_lint.rule import rule


@rule("warning", agentskills="warning")
def duplicate_name(
    collection: Collection, *, roots: tuple[str, ...] = ()
) -> Iterator[GroupFinding]:
    for skills in collection.by_root(roots).values():
        for name, group in by_text((each, each.name) for each in skills if each.name).items():
            if len(group) > 1:
                names = dict(group)
                first, *others = collection.ordered(names)
                more = and_more(len(others))
                message = f"the name `{name}` is also that of `{others[0].path}`{more}"
                places = related((names[each].place for each in others), "the same name")
                yield GroupFinding(message, first, names[first].place, tuple(others), places)
