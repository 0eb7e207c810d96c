"""The texts that a model may answer: one line of words, with no structure and nothing hidden."""

import re
import unicodedata
from collections import Counter
from collections.abc import Callable, Iterator
from typing import Annotated

from skill_lint.llm.tasks.pydantic_if_any import (
    AfterValidator,
    BaseModel,
    ConfigDict,
    PydanticCustomError,
)

UNSAFE = "unsafe_text"
"""Type of the validation errors for text that could do harm, as opposed to a wrong form."""

_HIDDEN = frozenset({"Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp"})
_BLANK = frozenset("\u115f\u1160\u2800\u3164\uffa0\u034f\u17b4\u17b5")
_FORMS = (
    (re.compile(r"^\s|\s$"), "it begins or ends with a blank"),
    (re.compile(r"<[a-zA-Z/!?]|-->"), "it has a tag or an HTML comment"),
    (re.compile(r"```|~~~"), "it has a code fence"),
    (re.compile(r"^(?:-{2,}|={2,}|\*{2,}\s|_{3,}|\+{3})"), "it begins like a rule or a delimiter"),
    (re.compile(r"^#{1,6}(?:\s|$)"), "it begins like a heading"),
    (re.compile(r"^(?:[-*+>|:]|\d{1,9}[.)])(?:\s|$)"), "it begins like a list or quotation"),
    (re.compile(r"\]\(|\]\[|\]:|!\["), "it has a link or an image"),
    (re.compile(r"&(?:#|[A-Za-z][A-Za-z0-9]{1,30};)"), "it has an HTML entity"),
    (re.compile(r"\\"), "it has a backslash"),
    (re.compile(r"\|"), "it has a bar, which tables are made of"),
    (re.compile(r"skill-lint"), "it mentions skill-lint"),
    (re.compile(r"\[(?:path|email|code)[^\]]*\]"), "it has a mark for something left out"),
    (re.compile(r"\{\{|\}\}|\$\{|\{%|<%"), "it has the marks of a template"),
    (re.compile(r"##\[|^::"), "it has a command of a CI server"),
)  # fmt: skip
_ORDERS = re.compile(
    r"\b(?:ignor|disregard|forget|overrid|bypass)\w*\b.{0,40}\b(?:instruction|prompt|rule|"
    r"guideline|above|previous|prior)"
    r"|\bsystem prompt\b|\byou are now\b|\bnew instructions?\b|\bjailbreak"
    r"|\b(?:do not|don't|never|without)\s+(?:tell|inform|ask|warn|notify)\w*\s+(?:the\s+)?user"
    r"|\b(?:send|upload|post|leak|exfiltrat\w*|print|reveal)\b.{0,40}\b(?:secret|password|"
    r"credential|api key|token|private key|environment variable)",
    re.IGNORECASE,
)  # fmt: skip
"""Text that gives orders to an agent instead of describing a skill."""


MIN_WORD_SHARE = 0.75
"""The share of a text's characters that must be letters or spaces."""


class Answer(BaseModel):
    """An answer of a model: a JSON object with exactly these fields, of exactly these types."""

    model_config = ConfigDict(extra="forbid", strict=True, frozen=True)


def _check_line(most: int, least: int) -> Callable[[str], str]:
    def check(text: str) -> str:
        if not least <= len(text) <= most:
            raise ValueError(
                f"it has {len(text):,} characters; {least:,} to {most:,} are asked for"
            )
        for fault in _faults(text):
            raise PydanticCustomError(UNSAFE, "{fault}", {"fault": fault})
        if reason := _nonsense(text):
            raise ValueError(reason)
        return text

    return check


def _nonsense(text: str) -> str | None:
    """The fault of a text that has few words or repeats them, or None."""
    letters = sum(char.isalpha() or char == " " for char in text)
    if letters < MIN_WORD_SHARE * len(text):
        return "it is hardly made of words"
    words = text.casefold().split()
    threes = Counter(zip(words, words[1:], words[2:], strict=False))
    if max(threes.values(), default=0) > 3:
        return "it says the same over and over"
    return None


def _faults(text: str) -> Iterator[str]:
    for char in text:
        if unicodedata.category(char) in _HIDDEN or char in _BLANK or _is_variation(char):
            yield f"it has the character U+{ord(char):04X}, which nobody sees"
    yield from (fault for form, fault in _FORMS if form.search(text))
    if text.count("`") % 2:
        yield "a backtick has no partner"
    if found := _ORDERS.search(text):
        yield f"`{found[0]}` reads like an order to an agent"


def _is_variation(char: str) -> bool:
    return "\ufe00" <= char <= "\ufe0f" or "\U000e0100" <= char <= "\U000e01ef"


def line(most: int, least: int = 1) -> AfterValidator:
    """A validator for a `str` that is one line of words, `least` to `most` characters long."""
    return AfterValidator(_check_line(most, least))


Phrase = Annotated[str, line(200, 8)]
"""A list item, or a summary of one sentence."""
