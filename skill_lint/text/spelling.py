"""The known word that a person probably meant."""

import posixpath
import re
from collections.abc import Iterable
from heapq import nlargest
from itertools import takewhile
from typing import NamedTuple

from skill_lint.lazy_regex import lazy_compile

CLOSE = 0.8
"""The share of letters in common, from 0 to 1, that makes a word a likely misspelling."""


def nearest(word: str, known: Iterable[str], closeness: float = CLOSE) -> str | None:
    """The known word that `word` is most likely a misspelling of, if one is close.

    `closeness` is the share of letters in common, from 0 to 1, that counts as close.
    """
    matches = _close(word.lower(), known, 1, closeness)
    return matches[0] if matches else None


def did_you_mean(word: str, known: Iterable[str], closeness: float = CLOSE) -> str:
    """The end of a message about an unknown word: `; did you mean ...?`, or nothing."""
    guess = nearest(word, known, closeness)
    return f"; did you mean `{guess}`?" if guess else ""


def _close(word: str, known: Iterable[str], most: int, closeness: float) -> list[str]:
    """The result of `difflib.get_close_matches`, except for inputs that would take minutes."""
    if len(word) > LONGEST:
        return []
    # Lazy import: difflib takes as long to import as a small skill to lint.
    import difflib

    matcher = difflib.SequenceMatcher(b=word)
    alike: list[tuple[float, str]] = []
    for each in (other for other in known if _may_be_close(word, other, closeness)):
        matcher.set_seq1(each)
        if (ratio := matcher.quick_ratio()) >= closeness:
            alike.append((ratio, each))
    found: list[tuple[float, str]] = []
    # `quick_ratio`, which ignores the order of letters, is an upper bound of `ratio`.
    for _, each in sorted(alike, reverse=True)[:MAX_COMPARED]:
        matcher.set_seq1(each)
        if (ratio := matcher.ratio()) >= closeness:
            found.append((ratio, each))
    return [each for _, each in nlargest(most, found)]


def _may_be_close(word: str, other: str, closeness: float) -> bool:
    """Whether two words share enough letters, each counted once: a bound that is fast to compute.

    Of a hundred known words it leaves about ten.
    """
    # A little less, because the product is rounded.
    needed = closeness * (len(word) + len(other)) / 2 - 0.001
    if len(word) < needed or len(other) < needed:
        return False
    letters, others = set(word), set(other)
    return (
        len(word) - len(letters - others) >= needed and len(other) - len(others - letters) >= needed
    )


def one_slip(word: str, known: str) -> bool:
    """Whether one letter is missing, extra, wrong, or swapped with the next one."""
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
"""Names so common that a file of that name in another folder is hardly the one that was meant."""


MAX_HINTS = 30
"""Guesses for one rule on one skill, because comparing every word with every other is slow."""
MAX_SEEN = 100_000
"""Known words that one rule compares on one skill, for all of its guesses together."""
MAX_COMPARED = 30
"""Words compared letter by letter for one guess: those that share the most letters with it."""
LONGEST = 100
"""Letters of a word; longer words are not corrected."""


class Guess(NamedTuple):
    """A known path, and whether it is the only one with a name close to the written one."""

    path: str
    only: bool

    def seen_from(self, folder: str) -> str:
        """The path as written in a file in `folder`."""
        return posixpath.relpath(self.path, folder or ".")


class Paths:
    """Known paths, indexed once, to find the one that a person probably meant."""

    def __init__(self, known: Iterable[str]) -> None:
        self.by_name: dict[str, list[str]] = {}
        for path in sorted(known):
            self.by_name.setdefault(posixpath.basename(path).lower(), []).append(path)
        self.asked = self.seen = 0
        self._guesses: dict[str, Guess | None] = {}

    def nearest(self, path: str) -> "Guess | None":
        """The known path that `path` probably means, or None.

        It has the same or nearly the same name, and is the only such path or in the same folder.
        """
        if path not in self._guesses:
            self._guesses[path] = self._nearest(path)
        return self._guesses[path]

    def _nearest(self, path: str) -> "Guess | None":
        self.asked += 1
        name = posixpath.basename(path).lower()
        self.seen += len(self.by_name)
        if name in _EVERYWHERE or self.asked > MAX_HINTS or self.seen > MAX_SEEN:
            return None
        ending = posixpath.splitext(name)[1]
        alike = [each for each in self.by_name if posixpath.splitext(each)[1] == ending]
        # `step-2.md` is not a misspelling of `step-1.md`.
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
