"""Pairs of skills that the configuration allows to overlap, and which of them are unused."""

import re
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from skill_lint.collection.facts import Facts
from skill_lint.lazy_regex import lazy_compile

_ENTRY = lazy_compile(r"\s*([^\s,]+)\s*,\s*([^\s,]+)\s+--\s+\S.*", re.DOTALL)


class AllowedPair(NamedTuple):
    """An entry. `names` are the names or paths of two skills; empty if the entry is malformed."""

    text: str
    names: frozenset[str]


class AllowedPairs:
    """The entries `one, two -- reason` of the configuration. `used` are those that cover a pair."""

    def __init__(self, texts: Sequence[str]) -> None:
        matches = ((text, _ENTRY.fullmatch(text)) for text in texts)
        self.entries = [
            AllowedPair(text, frozenset(match.groups() if match else ())) for text, match in matches
        ]
        self.used: set[frozenset[str]] = set()
        self._known = {entry.names for entry in self.entries}

    def covers(self, one: Facts, two: Facts) -> bool:
        """Whether an entry allows two skills to be similar. Marks the entry as used."""
        if not self._known:
            return False
        pairs = {frozenset((mine, other)) for mine in _names(one) for other in _names(two)}
        self.used |= pairs & self._known
        return not pairs.isdisjoint(self._known)

    def unused(self) -> Iterator[AllowedPair]:
        """The entries that cover no pair, and the malformed ones."""
        return (entry for entry in self.entries if entry.names not in self.used)


def members(entry: AllowedPair, skills: Sequence[Facts]) -> list[Facts]:
    """The skills that an entry names."""
    return [each for each in skills if not entry.names.isdisjoint(_names(each))]


def _names(skill: Facts) -> tuple[str, str]:
    return skill.path, skill.shown_name
