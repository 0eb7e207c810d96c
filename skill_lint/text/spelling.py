"""Which known word a person probably meant."""

import posixpath
import re
from collections.abc import Iterable
from heapq import nlargest
from itertools import takewhile
from typing import NamedTuple

from skill_lint.lazy_regex import lazy_compile

CLOSE = 0.8
"""The share of letters in common, from 0 to 1, that makes one word a likely misspelling."""


def nearest(word: str, known: Iterable[str], closeness: float = CLOSE) -> str | None:
    """The known word that `word` is most likely a misspelling of, if one is close.

    `closeness` is the share of letters in common, from 0 to 1, that counts as close.
    """
    matches = _close(word.lower(), known, 1, closeness)
    return matches[0] if matches else None


def _close(word: str, known: Iterable[str], most: int, closeness: float) -> list[str]:
    """What `difflib.get_close_matches` finds, but where that would take minutes."""
    if len(word) > LONGEST:
        return []
    # Late, for it takes as long to import as to lint a small skill.
    import difflib

    matcher = difflib.SequenceMatcher(b=word)
    alike: list[tuple[float, str]] = []
    for each in known:
        matcher.set_seq1(each)
        if (
            matcher.real_quick_ratio() >= closeness
            and (ratio := matcher.quick_ratio()) >= closeness
        ):
            alike.append((ratio, each))
    found: list[tuple[float, str]] = []
    # No word is closer than its letters in any order are.
    for _, each in sorted(alike, reverse=True)[:MAX_COMPARED]:
        matcher.set_seq1(each)
        if (ratio := matcher.ratio()) >= closeness:
            found.append((ratio, each))
    return [each for _, each in nlargest(most, found)]


def one_slip(word: str, known: str) -> bool:
    """Whether one letter is missing, too many, wrong, or has changed places with the next."""
    word, known = word.lower(), known.lower()
    head = sum(
        1 for _ in takewhile(lambda pair: pair[0] == pair[1], zip(word, known, strict=False))
    )
    one, other = word[head:], known[head:]
    swapped = one[1:2] + one[:1] + one[2:]
    return one != other and (
        one[1:] == other or one == other[1:] or one[1:] == other[1:] or swapped == other
    )


_DIGITS = lazy_compile(r"\d+")
_EVERYWHERE = frozenset({"skill.md", "readme.md", "index.md", "__init__.py"})
"""Names so frequent that a file of that name elsewhere is hardly the one that was meant."""


MAX_HINTS = 30
"""Guesses for one rule on one skill: comparing every word with every other is slow."""
MAX_SEEN = 100_000
"""Words that one rule looks at on one skill to make them."""
MAX_COMPARED = 30
"""Words with the right letters, for one guess, that are compared letter by letter."""
LONGEST = 100
"""Letters of a word that may be a misspelling."""


class Guess(NamedTuple):
    """A known path, and whether no other name is close to what was written."""

    path: str
    only: bool

    def seen_from(self, folder: str) -> str:
        """The path as it is written in a file of `folder`."""
        return posixpath.relpath(self.path, folder or ".")


class Paths:
    """Known paths, indexed once, of which one may be what a person meant."""

    def __init__(self, known: Iterable[str]) -> None:
        self.by_name: dict[str, list[str]] = {}
        for path in sorted(known):
            self.by_name.setdefault(posixpath.basename(path).lower(), []).append(path)
        self.asked = self.seen = 0

    def nearest(self, path: str) -> "Guess | None":
        """The known path that `path` probably means.

        That is a file of the same or nearly the same name: the only one, or the one in its place.
        """
        self.asked += 1
        name = posixpath.basename(path).lower()
        self.seen += len(self.by_name)
        if name in _EVERYWHERE or self.asked > MAX_HINTS or self.seen > MAX_SEEN:
            return None
        ending = posixpath.splitext(name)[1]
        alike = [each for each in self.by_name if posixpath.splitext(each)[1] == ending]
        # `step-2.md` is no misspelling of `step-1.md`.
        alike = [each for each in alike if _DIGITS.findall(each) == _DIGITS.findall(name)]
        close = _close(name, alike, 2, CLOSE)
        paths = self.by_name[close[0]] if close else []
        in_place = [each for each in paths if posixpath.dirname(each) == posixpath.dirname(path)]
        guesses = in_place or (paths if len(paths) == 1 else [])
        certain = len(close) == 1 or close[:1] == [name]
        return Guess(guesses[0], certain) if guesses else None


def kebab(name: str) -> str:
    """A name in lowercase words joined by hyphens: `PDF_Forms` and `pdfForms` are `pdf-forms`."""
    if not re.search(r"[\s_.-]", name):
        name = re.sub(r"(?<=[a-z0-9])(?=[A-Z][a-z])", "-", name)
    return re.sub(r"[^\w]+|_+", "-", name).strip("-").lower()
