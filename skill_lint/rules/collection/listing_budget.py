"""The skills of one client root are more than an agent's listing has room for.

Why: a client tells the agent the name and description of every skill it has, in a listing of
limited size; what does not fit is cut off or left out, and those skills are never chosen. Skills
that an agent is not told of (`disable-model-invocation`) do not count, and neither do nested
skills, samples, templates and vendored ones. What a client root is, `duplicate-name` says.

Fix: Shorten the longest descriptions, or keep skills that few need in a plugin of their own.

Bad:  80 skills in .claude/skills with 500 characters of name and description each
Good: 80 skills with 180 characters each
"""

from collections.abc import Iterator, Sequence

from skill_lint.collection.collection import Collection, GroupFinding, related
from skill_lint.collection.facts import Facts
from skill_lint.diagnostic import Place
from skill_lint.rule import rule

MOST_SHOWN = 3
"""Skills with the longest listing that the message names."""


@rule("warning")
def listing_budget(
    collection: Collection, *, max_characters: int = 15_000, roots: tuple[str, ...] = ()
) -> Iterator[GroupFinding]:
    for root, skills in collection.by_root(roots).items():
        listed = [each for each in skills if each.is_listed]
        total = sum(each.listing for each in listed)
        if total > max_characters:
            yield _finding(collection, root, listed, f"{total:,} characters, of {max_characters:,}")


def _finding(collection: Collection, root: str, listed: Sequence[Facts], sums: str) -> GroupFinding:
    biggest = sorted(listed, key=lambda each: (-each.listing, each.path))
    names = [f"`{each.shown_name}` ({each.listing:,})" for each in biggest[:MOST_SHOWN]]
    message = (
        f"the names and descriptions of {len(listed):,} skills in `{root}` take {sums}; "
        f"most take {', '.join(names)}"
    )
    first = next((each for each in biggest if each.path in collection.focus), biggest[0])
    others = tuple(each for each in biggest if each is not first)
    places = related(map(_place, others), "is listed too")
    return GroupFinding(message, first, _place(first), others, places)


def _place(skill: Facts) -> Place:
    return skill.description.place if skill.description else skill.top
