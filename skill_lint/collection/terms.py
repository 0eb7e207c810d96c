"""The words of a description, and the weight of each word.

Texts in scripts without spaces between words, such as Chinese, are cut into pairs of characters.
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
"""The approximate number of real descriptions in which the common words were counted."""
RARE = 0.05
"""A word is telling if its share of real descriptions is below this."""
SMOOTHING = 5
"""Imaginary texts without any words, so that weights are useful even for two texts."""
_UNSPACED = (
    "\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u3400-\u9fff\uf900-\ufaff\uac00-\ud7af"
)
_TOKEN = lazy_compile(rf"(?P<run>[{_UNSPACED}]+)|[^\W_{_UNSPACED}]+")
_GRAM = 4
_PAIR = 2


def words(text: str) -> Iterator[str]:
    """The words of a text, case-folded, in order and with repetitions."""
    folded = unicodedata.normalize("NFKC", text[:MOST_TEXT]).casefold()
    for token in _TOKEN.finditer(folded):
        if token["run"] and len(token[0]) > _PAIR:
            yield from (token[0][at : at + _PAIR] for at in range(len(token[0]) - 1))
        else:
            yield token[0]


def normalised(text: str) -> str:
    """A text without differences of case, blanks and punctuation, for comparison."""
    return " ".join(re.findall(r"\w+", unicodedata.normalize("NFKC", text).casefold()))


@lru_cache(maxsize=50_000)
def grams(word: str) -> tuple[str, ...]:
    """The pieces of a word: every four letters in a row, or every character if it is unspaced.

    By its pieces, `merging` is similar to `merge`.
    """
    if is_unspaced(word):
        return tuple(word)
    marked = f"<{word}>"
    return tuple(marked[at : at + _GRAM] for at in range(max(1, len(marked) - _GRAM + 1)))


def is_unspaced(word: str) -> bool:
    """Whether a word is in a script without spaces between words."""
    match = _TOKEN.match(word)
    return match is not None and match["run"] is not None


def phrases(text: str, shared: Iterable[str]) -> list[str]:
    """Shared words in readable form: pairs of characters that overlap in `text` are joined."""
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
    """For each common word, the share of real descriptions that contain it."""
    text = Path(__file__).with_name("common_words.json").read_text(encoding="utf-8")
    shares: dict[str, float] = json.loads(text)
    return shares


def is_telling(word: str) -> bool:
    """Whether a word is in few real descriptions."""
    return common().get(word, 0) < RARE


def weights(counts: Mapping[str, int], texts: int) -> Mapping[str, float]:
    """The weight of each word, given the number of the collection's texts that contain it.

    It is the geometric mean of two inverse document frequencies. In the collection's, a product
    name that every skill mentions weighs little; in that of real descriptions, `use` and `when`
    weigh little.
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
    """The word counts of each text, and for each word the number of texts that contain it."""
    each = [Counter(words(text)) for text in texts]
    return each, Counter(word for one in each for word in one)
