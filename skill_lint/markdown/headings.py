"""Headings recognised by their meaning: phrases in several wordings and languages."""

import functools
import re
from collections.abc import Iterator, Sequence

from skill_lint.lazy_regex import lazy_compile
from skill_lint.markdown.document import Document
from skill_lint.markdown.elements import Heading, Section

WHEN_TO_USE = (
    "when to use",
    "when to activate",
    "when to apply this skill",
    "when to invoke this skill",
    "when to load this skill",
    "when this skill is used",
    "when this skill activates",
    "when it activates",
    "when should i use",
    "when should you use",
    "use this skill when",
    "use this skill for",
    "use when",
    "invoke this skill when",
    "activate this skill when",
    "trigger phrases",
    "trigger conditions",
    "触发词",
    "触发条件",
    "触发方式",
    "触发与",
    "何时激活",
    "何时使用",
    "何時使用",
    "使用时机",
    "使用時機",
    "使用時期",
    "使用するタイミング",
    "使用场景",
    "使用場景",
    "使用場面",
    "适用场景",
    "いつ使う",
    "언제 사용",
)
"""Phrases in headings that say when to use a skill, as counted in real skills."""

WHOLE = ("when to apply", "when to invoke", "when to load", "use cases", "trigger", "triggers")
"""Headings that say when to use a skill only if they contain nothing else."""

QUICK_START = (
    "quick start", "quickstart", "quick examples", "quick example", "getting started",
    "快速开始", "快速開始", "快速入门", "快速上手", "クイックスタート", "빠른 시작",
)  # fmt: skip
"""Phrases in headings above the smallest useful example."""

LONGEST_NEGATION = 20
"""Characters before a phrase that are searched for a negation."""
_NEGATION = lazy_compile(r"(?:\b(?:do not|don't|never|avoid|not|no)\b|[不勿非])\s*$")


def mentions(heading: Heading, phrases: Sequence[str]) -> bool:
    """Whether a heading contains one of the phrases; case and spacing are ignored."""
    return next(_places(_normal(heading.text), tuple(phrases)), None) is not None


def says(document: Document, phrases: Sequence[str]) -> bool:
    """Whether one of a document's headings contains one of the phrases."""
    return _may_say(document, tuple(phrases)) and any(
        mentions(heading, phrases) for heading in document.headings
    )


def sections_for_use(document: Document, more: Sequence[str] = ()) -> list[Section]:
    """The sections whose heading says when to use the skill, and not only when not to."""
    phrases = (*WHEN_TO_USE, *more)
    if not _may_say(document, (*phrases, *WHOLE)):
        return []
    return [section for section in document.sections if _is_for_use(section.heading, phrases)]


def _may_say(document: Document, phrases: tuple[str, ...]) -> bool:
    """Whether any heading contains a phrase, even as a part of a word. Most skills have none."""
    whole = _joined(tuple([heading.text for heading in document.headings]))
    return any(phrase in whole for phrase in _normalised(phrases))


def _is_for_use(heading: Heading, phrases: tuple[str, ...]) -> bool:
    text = _normal(heading.text)
    return text.rstrip(":.") in WHOLE or any(
        _NEGATION.search(text[max(0, place - LONGEST_NEGATION) : place]) is None
        for place in _places(text, phrases)
    )


@functools.lru_cache(4_096)
def _normal(text: str) -> str:
    """The text for comparison. Cached, because half a dozen rules need it for each heading."""
    return " ".join(text.lower().replace("-", " ").replace("\u2019", "'").split())


@functools.lru_cache(4)
def _joined(texts: tuple[str, ...]) -> str:
    return "\n".join(map(_normal, texts))


def _places(text: str, phrases: tuple[str, ...]) -> Iterator[int]:
    """The offsets of the phrases in a text: as whole words in scripts with spaces between words."""
    for phrase in _normalised(phrases):
        if phrase in text:
            edge = r"\b" if phrase.isascii() else ""
            pattern = f"{edge}{re.escape(phrase)}{edge}"
            yield from (match.start() for match in re.finditer(pattern, text))


@functools.cache
def _normalised(phrases: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(map(_normal, phrases))
