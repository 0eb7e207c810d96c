"""Two skills that are listed together have the same description.

Why: an agent chooses a skill by its description. Between two equal descriptions it can only guess.
Upper and lower case, blanks and punctuation are ignored. If the skills also have the same name,
`duplicate-name` reports them instead.

Fix: Say in each description what this skill does that the other does not, or merge the two.

Bad:  description: Works with PDF files. Use when a PDF is mentioned. (in pdf-fill and in pdf-merge)
Good: description: Merges PDF files. Use when several PDFs are to become one.

Options:
    roots: Globs of more folders whose skills a client lists together, relative to the working
        directory.
"""

from collections.abc import Iterator

from skill_lint.collection.collection import Collection, GroupFinding, and_more, related
from skill_lint.collection.facts import Facts, Said
from skill_lint.collection.terms import normalised
from skill_lint.rule import rule


@rule("warning")
def duplicate_description(
    collection: Collection, *, roots: tuple[str, ...] = ()
) -> Iterator[GroupFinding]:
    for skills in collection.by_root(roots).values():
        groups: dict[str, list[tuple[Facts, Said]]] = {}
        for skill in skills:
            if skill.description:
                text = normalised(skill.description.text)
                groups.setdefault(text, []).append((skill, skill.description))
        for text, group in groups.items():
            if text and len({each.shown_name for each, _ in group}) > 1:
                yield _finding(collection, dict(group))


def _finding(collection: Collection, descriptions: dict[Facts, Said]) -> GroupFinding:
    first, *others = collection.ordered(descriptions)
    message = f"the description is also that of `{others[0].path}`{and_more(len(others))}"
    places = related((descriptions[each].place for each in others), "the same description")
    return GroupFinding(message, first, descriptions[first].place, tuple(others), places)
