"""Two skills that are listed together have very similar descriptions.

Why: an agent chooses a skill by its description. If two descriptions share most of their telling
words, the agent takes the wrong skill, or both. The similarity is computed from the words, and the
pieces of words, that few other skills have (TF-IDF, cosine); nothing is downloaded and no model is
asked. Of 200 pairs of real skills that were judged by reading, 12 reach the default of 0.40, and
between 11 of those an agent would hesitate; from 0.35 on it is 16 of 19, from 0.30 on 21 of 30. A
higher threshold finds fewer of the true ones. `percent` is the threshold times 100. `allow` takes
pairs that are similar on purpose, by name or path, with the reason after two hyphens: `"pdf-fill,
pdf-merge -- both handle PDF on purpose"`. An entry that no longer covers a pair is reported. Skills
that are hidden from the agent (`disable-model-invocation`) do not count. `duplicate-description`
reports equal descriptions.

Fix: Say in each description what only this skill does, and when to take the other one.

Bad:
    description: Runbooks and playbooks for on-call incident response.
    description: Writes operational runbooks, incident response and on-call playbooks.
Good:
    description: Runbooks for a running incident. To write a new one, use runbook-author.

Options:
    percent: The similarity in percent from which two descriptions are reported.
    allow: Pairs of skills that are similar on purpose, by name or path: `"pdf-fill, pdf-merge
        -- reason"`.
    roots: Globs of more folders whose skills a client lists together, relative to the working
        directory.
"""

from collections.abc import Iterator

from skill_lint.collection.allowed import AllowedPair, AllowedPairs, members
from skill_lint.collection.collection import Collection, GroupFinding, and_more
from skill_lint.collection.overlaps import Overlap, overlaps
from skill_lint.diagnostic import Related
from skill_lint.rule import rule

MOST_RELATED = 10


@rule("warning")
def overlapping_description(
    collection: Collection,
    *,
    percent: int = 40,
    allow: tuple[str, ...] = (),
    roots: tuple[str, ...] = (),
) -> Iterator[GroupFinding]:
    allowed = AllowedPairs(allow)
    for skills in collection.by_root(roots).values():
        listed = collection.ordered(each for each in skills if each.is_listed)
        for overlap in overlaps(listed, percent / 100, allowed.covers):
            yield _finding(overlap)
    for entry in allowed.unused():
        yield from _stale(collection, entry)


def _finding(overlap: Overlap) -> GroupFinding:
    skill, nearest = overlap.skill, overlap.others[0]
    words = ", ".join(f"`{word}`" for word in nearest.words)
    like = f"`{nearest.skill.path}`{and_more(len(overlap.others))}"
    in_words = f", in words such as {words}" if words else ""
    message = f"the description is {nearest.score:.0%} like that of {like}{in_words}"
    places = tuple(
        Related(text.place.path, text.place.region, f"{each.score:.0%} alike")
        for each in overlap.others[:MOST_RELATED]
        if (text := each.skill.description)
    )
    place = skill.description.place if skill.description else skill.top
    return GroupFinding(message, skill, place, tuple(each.skill for each in overlap.others), places)


def _stale(collection: Collection, entry: AllowedPair) -> Iterator[GroupFinding]:
    """Report an entry of `allow` that covers no pair: on a skill it names, else on the first."""
    named = members(entry, collection.skills)
    is_certain = collection.extent.whole or (named and all(map(collection.covers, named)))
    if not is_certain:
        return
    missing = sorted(
        entry.names - {name for each in named for name in (each.path, each.shown_name)}
    )
    problem = (
        "whose descriptions are not alike" if entry.names else "which is not `one, two -- reason`"
    )
    if missing:
        problem = f"but there is no skill `{missing[0]}`"
    for skill in collection.ordered(named or collection.skills)[:1]:
        place = skill.description.place if skill.description and named else skill.top
        message = f"`allow` in the configuration has `{entry.text}`, {problem}"
        yield GroupFinding(message, skill, place, tuple(named))
