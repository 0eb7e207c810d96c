"""Lines that fit the terminal, and words that stay whole."""

import re
from collections.abc import Iterator

from skill_lint.reporters.escape import inert, visible, width

LONGEST = 300
"""Characters of a message that are shown to people."""
_BREAKS = re.compile(r"(?<= )(?=[^ ])")


def wrapped(text: str, columns: int, indent: int = 0, *, first: int | None = None) -> list[str]:
    """The text as lines of at most `columns` terminal cells, each behind `indent` blanks.

    The first line has `first` blanks in place of `indent`. A word is never broken: one that is
    longer than a line has a line for itself. Lines may also end behind a wide character, because
    languages that are written with these have no blanks.
    """
    lines: list[str] = []
    line, used = "", indent if first is None else first
    lead = used
    for piece in _pieces(text):
        size = width(piece.rstrip(" "))
        if line and used + size > columns:
            lines.append(_line(line, lead))
            line, lead, used = "", indent, indent
        line += piece
        used += width(piece)
    return [*lines, _line(line, lead)]


def _line(text: str, lead: int) -> str:
    # What stood in the middle of a text may be a command at the beginning of a line.
    return inert(" " * lead + text.rstrip(" ")) if text.strip(" ") else ""


def _pieces(text: str) -> Iterator[str]:
    """The words, each with the blanks behind it, and each wide character as a word."""
    for word in _BREAKS.split(text):
        if word.isascii():
            yield word
        else:
            yield from _parted(word)


def _parted(word: str) -> Iterator[str]:
    begin = 0
    for end in range(1, len(word)):
        # Not before a combining character, nor before a blank.
        if width(word[end - 1]) == 2 and width(word[end]) and word[end] != " ":
            yield word[begin:end]
            begin = end
    yield word[begin:]


def bounded(text: str) -> str:
    """The text as one harmless line, cut where it is too long to read."""
    return visible(text if len(text) <= LONGEST else f"{text[:LONGEST]}...")


def prose(text: str, columns: int) -> str:
    """A page of lines, each wrapped; what is indented stays so."""
    lines = (line for each in text.splitlines() for line in _as_indented(each, columns))
    return "".join(f"{line}\n" for line in lines)


def _as_indented(line: str, columns: int) -> list[str]:
    words = line.lstrip(" ")
    indent = len(line) - len(words)
    return wrapped(words, columns, indent + 4 if indent else 0, first=indent)
