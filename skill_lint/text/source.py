"""A text file: its characters, its line starts, and the reason if it could not be read."""

import re
from bisect import bisect_right
from dataclasses import dataclass
from functools import cached_property
from typing import NamedTuple

from skill_lint.diagnostic import Edit, Excerpt, Place, Region

BYTE_ORDER_MARK = "\ufeff"
MAX_BRACKETS = 2_000
"""Opening brackets in one line; markdown-it takes quadratic time to match brackets."""
FEW_BRACKETS = 200
"""Brackets of a line with at most this many are always matched; the most in a real line are 16."""
MOST_PAIRS = 40_000_000
"""Pairs of brackets in one file, in its lines with more than `FEW_BRACKETS`."""

MAX_EXCERPT = 200
"""Characters of a line shown in a report."""

_LINE_END, _NEWLINE = re.compile(r"\r\n|\r|\n"), re.compile("\n")
_UTF16_MARKS = (b"\xff\xfe", b"\xfe\xff")


class Span(NamedTuple):
    """Half-open character offsets `[start, end)` into one file's text."""

    start: int
    end: int


START = Span(0, 0)


class Problem(NamedTuple):
    """Why a file could not be read, or only in part, and the place in its text."""

    message: str
    span: Span = START


@dataclass(frozen=True)
class Source:
    """A file of a skill.

    `path` is POSIX and relative to the working directory, as it is printed; `name` is POSIX and
    relative to the skill's root. `text` is empty if nothing of the file can be read as text.
    """

    path: str
    name: str
    text: str = ""
    problem: Problem | None = None

    @cached_property
    def shown(self) -> str:
        """The text as markdown-it shows it: U+FFFD in place of NUL."""
        return self.text.replace("\0", "\ufffd")

    @cached_property
    def line_starts(self) -> list[int]:
        """The offset of each line's first character."""
        line_end = _LINE_END if "\r" in self.text else _NEWLINE
        return [0, *[match.end() for match in line_end.finditer(self.text)]]

    def position(self, offset: int) -> tuple[int, int]:
        """The 1-based line and column, in code points, of a character offset."""
        line = bisect_right(self.line_starts, offset)
        return line, offset - self.line_starts[line - 1] + 1

    def line_span(self, line: int) -> Span:
        """The span of a 1-based line, without its line end."""
        start = self.line_starts[line - 1]
        end = self.line_starts[line] if line < len(self.line_starts) else len(self.text)
        # The line is not copied, because a line of a megabyte may be needed a thousand times.
        while end > start and self.text[end - 1] in "\r\n":
            end -= 1
        return Span(start, end)

    def region(self, span: Span) -> Region:
        return Region(*self.position(span.start), *self.position(span.end))

    def place(self, span: Span) -> Place:
        """The place of a span, with an excerpt of its first line."""
        region = self.region(span)
        start, end = self.line_span(region.line)
        first = max(0, region.column - 1 - MAX_EXCERPT // 2) if end - start > MAX_EXCERPT else 0
        shown = Span(start + first, min(end, start + first + MAX_EXCERPT))
        excerpt = Excerpt(self.slice(shown), first + 1)
        return Place(self.path, region, excerpt)

    def offset(self, line: int, column: int) -> int:
        """The character offset of a 1-based line and column."""
        return self.line_starts[line - 1] + column - 1

    def span(self, region: Region) -> Span:
        """The span of a region."""
        return Span(self.offset(*region[:2]), self.offset(*region[2:]))

    def edit(self, span: Span, text: str) -> Edit:
        """The edit that replaces the characters of `span` by `text`."""
        region = self.region(span)
        numbers = range(region.line, region.end_line + 1)
        return Edit(self.path, region, text, tuple(map(self._line, numbers)))

    def _line(self, number: int) -> str:
        # Cached, so that a thousand edits in a line of a megabyte share one copy of it.
        if number not in self._lines:
            self._lines[number] = self.slice(self.line_span(number))
        return self._lines[number]

    @cached_property
    def _lines(self) -> dict[int, str]:
        return {}

    @cached_property
    def spoken_lines(self) -> list[int]:
        """The 1-based lines that are not blank and not only an HTML comment."""
        found = []
        for number in range(1, len(self.line_starts) + 1):
            text = self.slice(self.line_span(number)).strip()
            if text and not (text.startswith("<!--") and text.endswith("-->")):
                found.append(number)
        return found

    @cached_property
    def line_end(self) -> str:
        """The file's line ending, taken from its first line."""
        match = _LINE_END.search(self.text)
        return match[0] if match else "\n"

    @cached_property
    def crowded_lines(self) -> dict[int, int]:
        """The 1-based lines in which links are not searched for, with their number of brackets."""
        found: dict[int, int] = {}
        pairs = 0
        few = self.text.count("[") <= FEW_BRACKETS
        for line in range(1, 1 if few else len(self.line_starts) + 1):
            brackets = self.text.count("[", *self.line_span(line))
            pairs += brackets**2 if brackets > FEW_BRACKETS else 0
            if brackets > MAX_BRACKETS or (brackets > FEW_BRACKETS and pairs > MOST_PAIRS):
                found[line] = brackets
        return found

    def slice(self, span: Span) -> str:
        return self.text[span.start : span.end]


def _is_unmarked_utf16(data: bytes) -> bool:
    """Whether every other byte at the beginning is zero, as in UTF-16 of English text."""
    head = data[:200]
    return len(head) >= 4 and 0 in head and (not any(head[1::2]) or not any(head[::2]))


def decode(data: bytes, path: str, name: str) -> Source:
    """Turn bytes into a `Source`, keeping the readable part of a file that is not UTF-8."""
    text, problem = _text(data)
    return Source(path, name, text, problem)


def _text(data: bytes) -> tuple[str, Problem | None]:
    if data.startswith(_UTF16_MARKS) or _is_unmarked_utf16(data):
        return "", Problem("the file is UTF-16; skills are read as UTF-8")
    has_zero = 0 in data
    if has_zero and data.count(0) * 10 > len(data):
        return "", Problem("the file is binary, not text")
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError as error:
        offset = len(data[: error.start].decode("utf-8"))
        message = f"byte 0x{data[error.start]:02x} is not UTF-8"
        return data.decode("utf-8", "replace"), Problem(message, Span(offset, offset + 1))
    zero = text.find("\0") if has_zero else -1
    return text, Problem("the file has a NUL byte", Span(zero, zero + 1)) if has_zero else None
