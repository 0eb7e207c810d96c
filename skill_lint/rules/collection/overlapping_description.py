"""Two skills that are listed together have descriptions that are much alike.

Why: an agent chooses a skill by its description; where two share most of their telling words, it
takes the wrong one, or both. How alike they are is counted from the words, and the pieces of
words, that few other skills have (TF-IDF, cosine); nothing is downloaded and no model is asked. Of
200 pairs of real skills that were judged by reading, 12 reach the default of 0.40, and between 11
of those an agent would hesitate; from 0.35 on it is 16 of 19, from 0.30 on 21 of 30. A higher
threshold finds fewer of the true ones. `percent` is the threshold times 100. `allow` takes pairs
that are meant to be alike, by name or path, with the reason behind two dashes: `"pdf-fill,
pdf-merge -- both handle PDF on purpose"`; an entry that covers nothing any more is reported.
Skills that an agent is not told of (`disable-model-invocation`) do not count; of equal
descriptions `duplicate-description` speaks.

Fix: Say in each description what only this skill does, and when to take the other one.

Bad:  description: Runbooks and playbooks for on-call incident response.
      description: Writes operational runbooks, incident response and on-call playbooks.
Good: description: Runbooks for a running incident. To write a new one, use runbook-author.
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
    more = and_more(len(overlap.others))
    message = f"reads like `{nearest.skill.path}` ({nearest.score:.2f}: {words}){more}"
    places = tuple(
        Related(said.place.path, said.place.region, f"alike: {each.score:.2f}")
        for each in overlap.others[:MOST_RELATED]
        if (said := each.skill.description)
    )
    place = skill.description.place if skill.description else skill.top
    return GroupFinding(message, skill, place, tuple(each.skill for each in overlap.others), places)


def _stale(collection: Collection, entry: AllowedPair) -> Iterator[GroupFinding]:
    """An entry of `allow` that covers nothing, at one of its skills, or else at the first."""
    named = members(entry, collection.skills)
    known = collection.extent.whole or (named and all(map(collection.covers, named)))
    if not known:
        return
    missing = sorted(
        entry.names - {name for each in named for name in (each.path, each.shown_name)}
    )
    what = (
        "whose descriptions are not alike" if entry.names else "which is not `one, two -- reason`"
    )
    if missing:
        what = f"but there is no skill `{missing[0]}`"
    for skill in collection.ordered(named or collection.skills)[:1]:
        place = skill.description.place if skill.description and named else skill.top
        message = f"`allow` in the configuration has `{entry.text}`, {what}"
        yield GroupFinding(message, skill, place, tuple(named))
