"""The skills of one client root need more room than an agent's listing has.

Why: a client gives the agent the name and description of every skill, in a listing of limited size.
What does not fit is cut off or left out, and the agent never chooses those skills. Skills that are
hidden from the agent (`disable-model-invocation`) do not count, and neither do nested skills,
samples, templates and vendored skills. `duplicate-name` explains what a client root is.

Fix: Shorten the longest descriptions, or keep skills that few need in a plugin of their own.

Bad:  80 skills in .claude/skills with 500 characters of name and description each
Good: 80 skills with 180 characters each

Options:
    max-characters: The most characters that the names and descriptions of one root may have
        together.
    roots: Globs of more folders whose skills a client lists together, relative to the working
        directory.
"""

from collections.abc import Iterator, Sequence

from skill_lint.collection.collection import Collection, GroupFinding, related
from skill_lint.collection.facts import Facts
from skill_lint.diagnostic import Place
from skill_lint.rule import rule

MOST_SHOWN = 3
"""How many of the skills with the longest entries the message names."""


@rule("warning")
def listing_budget(
    collection: Collection, *, max_characters: int = 15_000, roots: tuple[str, ...] = ()
) -> Iterator[GroupFinding]:
    for root, skills in collection.by_root(roots).items():
        listed = [each for each in skills if each.is_listed]
        total = sum(each.listing for each in listed)
        if total > max_characters:
            size = f"{total:,} characters, and the limit is {max_characters:,}"
            yield _finding(collection, root, listed, size)


def _finding(collection: Collection, root: str, listed: Sequence[Facts], size: str) -> GroupFinding:
    biggest = sorted(listed, key=lambda each: (-each.listing, each.path))
    names = [f"`{each.shown_name}` ({each.listing:,})" for each in biggest[:MOST_SHOWN]]
    message = (
        f"the names and descriptions of {len(listed):,} skills in `{root}` take {size}; "
        f"the longest are {', '.join(names)}"
    )
    first = next((each for each in biggest if each.path in collection.focus), biggest[0])
    others = tuple(each for each in biggest if each is not first)
    places = related(map(_place, others), "is listed too")
    return GroupFinding(message, first, _place(first), others, places)


def _place(skill: Facts) -> Place:
    return skill.description.place if skill.description else skill.top
