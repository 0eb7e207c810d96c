"""The words of a description, and how much each of them says.

Scripts without blanks between words, such as Chinese, are cut into pairs of characters.
"""

import json
import math
import re
import unicodedata
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from functools import cache, lru_cache
from pathlib import Path

from skill_lint.lazy_regex import lazy_compile

MOST_TEXT = 1_100
"""Characters that are read; the specification allows 1,024."""
BACKGROUND = 400
"""The number of real descriptions that the shares of common words were counted in, about."""
RARE = 0.05
"""The share of real descriptions that have a telling word, at most."""
SMOOTHING = 5
"""Texts without any of the words, that a collection of two says something as well."""
_UNSPACED = (
    "\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u3400-\u9fff\uf900-\ufaff\uac00-\ud7af"
)
_TOKEN = lazy_compile(rf"(?P<run>[{_UNSPACED}]+)|[^\W_{_UNSPACED}]+")
_GRAM = 4
_PAIR = 2


def words(text: str) -> Iterator[str]:
    """The words of a text, folded, in order and with repetitions."""
    folded = unicodedata.normalize("NFKC", text[:MOST_TEXT]).casefold()
    for token in _TOKEN.finditer(folded):
        if token["run"] and len(token[0]) > _PAIR:
            yield from (token[0][at : at + _PAIR] for at in range(len(token[0]) - 1))
        else:
            yield token[0]


def normalised(text: str) -> str:
    """A text without what does not make it another: case, blanks, punctuation."""
    return " ".join(re.findall(r"\w+", unicodedata.normalize("NFKC", text).casefold()))


@lru_cache(maxsize=50_000)
def grams(word: str) -> tuple[str, ...]:
    """The pieces of a word, by which `merging` is like `merge`: four letters, or one sign."""
    if is_unspaced(word):
        return tuple(word)
    marked = f"<{word}>"
    return tuple(marked[at : at + _GRAM] for at in range(max(1, len(marked) - _GRAM + 1)))


def is_unspaced(word: str) -> bool:
    match = _TOKEN.match(word)
    return match is not None and match["run"] is not None


def phrases(text: str, shared: Iterable[str]) -> list[str]:
    """Words that are shared as a person reads them: pairs of characters in a row become one."""
    pairs, found, before = {each for each in shared if is_unspaced(each)}, list[str](), ""
    for word in words(text):
        if word in pairs:
            joined = before in pairs and before[-1] == word[0]
            found = [*found[:-1], found[-1] + word[1:]] if joined else [*found, word]
        before = word
    longest = sorted(dict.fromkeys(found), key=lambda each: (-len(each), each))
    return [*(each for each in shared if not is_unspaced(each)), *longest]


@cache
def common() -> Mapping[str, float]:
    """The share of real descriptions that have a word, for the words that many have."""
    text = Path(__file__).with_name("common_words.json").read_text(encoding="utf-8")
    shares: dict[str, float] = json.loads(text)
    return shares


def is_telling(word: str) -> bool:
    """Whether few real descriptions have a word."""
    return common().get(word, 0) < RARE


def weights(counts: Mapping[str, int], texts: int) -> Mapping[str, float]:
    """What each word says, given how many of the collection's texts have it.

    The geometric mean of two inverse document frequencies: the collection's own, in which the name
    of a product says little that every skill is about, and that of real descriptions, in which
    `use` and `when` say little.
    """
    shares = common()
    return {
        word: math.sqrt(
            math.log((1 + BACKGROUND) / (1 + BACKGROUND * shares.get(word, 0)))
            * math.log((texts + SMOOTHING) / count)
        )
        for word, count in counts.items()
    }


def counted(texts: Iterable[str]) -> tuple[list[Counter[str]], Counter[str]]:
    """The words of each text with their numbers, and how many texts have each word."""
    each = [Counter(words(text)) for text in texts]
    return each, Counter(word for one in each for word in one)
