"""What headings say, whatever their exact words."""

import re
from collections.abc import Sequence

from skill_lint.skill.markdown import Document, Heading, Section

WHEN_TO_USE = (
    "when to use",
    "when to activate",
    "when to apply",
    "when to invoke",
    "when to load",
    "when should i use",
    "when should you use",
    "use this skill when",
    "use this skill for",
    "use when",
    "invoke this skill when",
    "activate this skill when",
    "trigger phrases",
    "trigger conditions",
    "use cases",
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
"""Headings that say when a skill is for, by what was counted in real skills."""

_NEGATED = re.compile(r"\b(?:do not|don't|never|avoid|not to)\b")


def mentions(heading: Heading, phrases: Sequence[str]) -> bool:
    """Whether a heading contains one of the phrases; case and spacing do not count."""
    text = " ".join(heading.text.lower().replace("-", " ").split())
    return any(phrase.lower() in text for phrase in phrases)


def sections_for_use(document: Document, more: Sequence[str] = ()) -> list[Section]:
    """The sections whose heading says when to use the skill."""
    return [
        section
        for section in document.sections
        if mentions(section.heading, (*WHEN_TO_USE, *more)) and not _only_negated(section.heading)
    ]


def _only_negated(heading: Heading) -> bool:
    text = heading.text.lower()
    return _NEGATED.search(text) is not None and "when to use" not in text
