"""Pairs of skills that a configuration lets overlap, with the reason, and which are out of date."""

import re
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from skill_lint.collection.facts import Facts
from skill_lint.lazy_regex import lazy_compile

_ENTRY = lazy_compile(r"\s*([^\s,]+)\s*,\s*([^\s,]+)\s+--\s+\S.*", re.DOTALL)


class AllowedPair(NamedTuple):
    """One entry; `names` are names or paths of two skills, empty where it cannot be read."""

    text: str
    names: frozenset[str]


class AllowedPairs:
    """The entries `one, two -- reason` of a configuration; those that cover a pair are `used`."""

    def __init__(self, texts: Sequence[str]) -> None:
        matches = ((text, _ENTRY.fullmatch(text)) for text in texts)
        self.entries = [
            AllowedPair(text, frozenset(match.groups() if match else ())) for text, match in matches
        ]
        self.used: set[frozenset[str]] = set()
        self._known = {entry.names for entry in self.entries}

    def covers(self, one: Facts, two: Facts) -> bool:
        """Whether two skills may be alike."""
        if not self._known:
            return False
        both = {frozenset((mine, other)) for mine in _called(one) for other in _called(two)}
        self.used |= both & self._known
        return not both.isdisjoint(self._known)

    def unused(self) -> Iterator[AllowedPair]:
        """The entries that covered no pair, and those that cannot be read."""
        return (entry for entry in self.entries if entry.names not in self.used)


def members(entry: AllowedPair, skills: Sequence[Facts]) -> list[Facts]:
    """The skills that an entry names."""
    return [each for each in skills if not entry.names.isdisjoint(_called(each))]


def _called(skill: Facts) -> tuple[str, str]:
    return skill.path, skill.shown_name
