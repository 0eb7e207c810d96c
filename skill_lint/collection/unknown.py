"""Skill ids that skills name but that no skill has."""

from collections.abc import Iterator
from typing import Literal

from skill_lint.collection.collection import Collection, GroupFinding, and_more, by_text, related
from skill_lint.collection.facts import Facts, Said
from skill_lint.lazy_regex import lazy_compile

_ID = lazy_compile(r"[\w-]+(?:[/:][\w-]+)*")


def unknown(
    collection: Collection, field: Literal["dependencies", "see_also"], verb: str
) -> Iterator[GroupFinding]:
    """One finding for each unknown id in a field, even if several skills name it."""
    missing = (
        (skill, entry)
        for skill in collection.skills
        if collection.covers(skill) and _names_skills(collection, skill)
        for entry in getattr(skill, field)
        if _ID.fullmatch(entry.text.strip()) and not collection.names.knows(entry.text)
    )
    for text, group in by_text(missing).items():
        yield _finding(collection, text, dict(reversed(group)), verb)


def _names_skills(collection: Collection, skill: Facts) -> bool:
    """Whether the ids that a skill names are skills; in some skills they are packages."""
    named = (*skill.dependencies, *skill.see_also)
    return skill.skill_id is not None or any(collection.names.knows(each.text) for each in named)


def _finding(
    collection: Collection, text: str, entries: dict[Facts, Said], verb: str
) -> GroupFinding:
    first, *others = collection.ordered(entries)
    guess = collection.names.guess(text)
    hint = f"; did you mean `{guess}`?" if guess else ""
    so_do = f"; so does `{others[0].path}`{and_more(len(others))}" if others else ""
    message = f"{verb} `{text}`, which is no skill here{hint}{so_do}"
    places = related((entries[each].place for each in others), f"{verb} it too")
    return GroupFinding(message, first, entries[first].place, tuple(others), places)
