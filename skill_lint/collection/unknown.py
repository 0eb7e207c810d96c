"""Skills that others name and nobody has."""

from collections.abc import Iterator
from typing import Literal

from skill_lint.collection.collection import Collection, GroupFinding, and_more, by_text, related
from skill_lint.collection.facts import Facts, Said
from skill_lint.lazy_regex import lazy_compile

_ID = lazy_compile(r"[\w-]+(?:[/:][\w-]+)*")


def unknown(
    collection: Collection, field: Literal["dependencies", "see_also"], verb: str
) -> Iterator[GroupFinding]:
    """A finding for each id in a field that is no skill's, however many name it."""
    missing = (
        (skill, said)
        for skill in collection.skills
        if collection.covers(skill) and _names_skills(collection, skill)
        for said in getattr(skill, field)
        if _ID.fullmatch(said.text.strip()) and not collection.names.knows(said.text)
    )
    for text, group in by_text(missing).items():
        yield _finding(collection, text, dict(reversed(group)), verb)


def _names_skills(collection: Collection, skill: Facts) -> bool:
    """Whether what a skill names are skills: elsewhere they are packages and the like."""
    named = (*skill.dependencies, *skill.see_also)
    return skill.skill_id is not None or any(collection.names.knows(each.text) for each in named)


def _finding(collection: Collection, text: str, said: dict[Facts, Said], verb: str) -> GroupFinding:
    first, *others = collection.ordered(said)
    guess = collection.names.guess(text)
    hint = f"; did you mean `{guess}`?" if guess else ""
    so_do = f"; so does `{others[0].path}`{and_more(len(others))}" if others else ""
    message = f"{verb} `{text}`, which is no skill here{hint}{so_do}"
    places = related((said[each].place for each in others), f"{verb} it too")
    return GroupFinding(message, first, said[first].place, tuple(others), places)
