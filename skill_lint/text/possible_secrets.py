"""The wide search for secrets: whatever could be one must not leave this machine.

It costs a question that is not asked, so it may be wrong. `secrets` is the precise search, whose
findings a person has to act on. Both leave out placeholders such as `sk-...` and `<token>`.

Formats are fixed beginnings that issuers give their keys, structures in which keys and passwords
stand, values of names that say secret, and random characters.
"""

import re
from collections.abc import Iterator
from urllib.parse import unquote

from skill_lint.text.assigned_secrets import assigned, stands_for_one
from skill_lint.text.secret_formats import BEGINNINGS, STRUCTURES
from skill_lint.text.secrets import Secret, secrets
from skill_lint.text.source import Span

RANDOM = "random characters"
_FORMATS = {**BEGINNINGS, **STRUCTURES}
_KINDS = list(_FORMATS)
_ANY = re.compile(
    r"(?<![A-Za-z0-9])(?:"
    + "|".join(f"(?P<k{number}>{form})" for number, form in enumerate(_FORMATS.values()))
    + ")"
)
_PLACEHOLDER = re.compile(
    r"(?i:example|placeholder|redacted|changeme|dummy|x{4}|(?!A)(.)\1{5}|A{25})|\.\.\.|…|<|\{\{|\$\{"
    r"|(?i:(?<![a-z0-9])(?:your|my|here|fake|sample|replace|insert)(?![a-z0-9]))"
)
_LONG = re.compile(r"(?<![A-Za-z0-9+/_~-])[A-Za-z0-9+/_~-]{24,400}(?![A-Za-z0-9+/_~-])")
_UUID = re.compile(r"[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}", re.IGNORECASE)
_HEX = re.compile(r"(?<![A-Za-z0-9])(?:0x)?(?:[0-9a-f]{32,}|[0-9A-F]{32,})(?![A-Za-z0-9])")
_WORD = re.compile(r"[A-Z]?[a-z]{3,}|[A-Z]{4,}")
_ESCAPE = re.compile(r"\\(?:u([0-9a-fA-F]{4})|([\"\\/nrt]))")
_ESCAPED = {"n": "\n", "r": "\r", "t": "\t"}
MOST_OF_WORDS = 0.45
"""The share of a text's characters in words above which the text is not random."""


def possible_secrets(text: str) -> Iterator[Secret]:
    """The parts of a text that could be a secret, and are not placeholders.

    JSON and URLs quote characters, which may hide where a secret begins. So lines with such
    quotations are searched once more without them; the span is then the line's.
    """
    yield from _in_form(text)
    start = 0
    for line in text.splitlines(keepends=True):
        span = Span(start, start + len(line))
        start = span.end
        for form in {_unescaped(line), unquote(line)} - {line}:
            yield from (Secret(each.kind, span) for each in _in_form(form))


def _in_form(text: str) -> Iterator[Secret]:
    yield from secrets(text)
    for match in _ANY.finditer(text):
        if _PLACEHOLDER.search(match[0]) is None and _is_drawn(match[0]):
            number = next(int(name[1:]) for name, part in match.groupdict().items() if part)
            yield Secret(_KINDS[number], Span(*match.span()))
    for span, name in assigned(text):
        yield Secret(f"the value of a `{name}`", span)
    for match in _LONG.finditer(text):
        if _is_random(match[0]):
            yield Secret(RANDOM, Span(*match.span()))


def _unescaped(text: str) -> str:
    """A text without the escapes of JSON: `\\n` before a key is no letter of it."""
    return _ESCAPE.sub(
        lambda match: chr(int(match[1], 16)) if match[1] else _ESCAPED.get(match[2], match[2]), text
    )


def _is_drawn(text: str) -> bool:
    """Whether a text could have been drawn at random: not a slug of words, not one sign."""
    has_digit = any(char.isdigit() for char in text)
    mixed = not text.islower() and not text.isupper()
    return (has_digit or mixed) and not stands_for_one(text)


def _is_random(text: str) -> bool:
    """Whether a text of 24 characters and more is random, and no path, identifier or UUID."""
    if _UUID.fullmatch(text) or _PLACEHOLDER.search(text) or len(set(text)) < 8:
        return False
    if _HEX.search(text):
        return True
    digits = sum(char.isdigit() for char in text)
    letters = sum(char.isalpha() for char in text)
    in_words = sum(len(word) for word in _WORD.findall(text))
    if digits < 2 or letters < 8:
        return False
    # Nobody writes forty letters and digits as one word.
    if in_words > MOST_OF_WORDS * len(text) and not (len(text) >= 40 and text.isalnum()):
        return False
    # A path has words between its slashes, and few digits beside capitals.
    parts = text.split("/")
    return len(parts) == 1 or not (text.islower() or text.isupper() or any(map(_is_word, parts)))


def _is_word(text: str) -> bool:
    return len(text) > 3 and text.isalpha() and (text[1:].islower() or text.isupper())
