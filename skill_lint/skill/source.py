"""One text file: its characters, where its lines begin, and why it could not be read."""

import os
import re
import stat
from bisect import bisect_right
from dataclasses import dataclass
from functools import cached_property
from itertools import accumulate
from pathlib import Path
from typing import NamedTuple

from skill_lint.diagnostic import Edit, Region

BYTE_ORDER_MARK = "\ufeff"
MAX_BYTES = 5_000_000
"""Larger files are reported and not read: the largest real SKILL.md has 291,205 characters."""

MAX_BRACKETS = 2_000
"""Opening brackets in one line; finding their partners is quadratic in markdown-it."""

_LINE_END = re.compile(r"\r\n|\r|\n")
_UTF16_MARKS = (b"\xff\xfe", b"\xfe\xff")


class Span(NamedTuple):
    """Half-open character offsets `[start, end)` into one file's text."""

    start: int
    end: int


START = Span(0, 0)


class Problem(NamedTuple):
    """Why a file could not be read, or not wholly, and where in its text that shows."""

    message: str
    span: Span = START


@dataclass(frozen=True)
class Source:
    """A file of a skill.

    `path` is POSIX and relative to the working directory, as it is printed; `name` is POSIX and
    relative to the skill's root. `text` is empty where nothing of the file can be read as text.
    """

    path: str
    name: str
    text: str = ""
    problem: Problem | None = None

    @cached_property
    def line_starts(self) -> list[int]:
        """The offset of each line's first character."""
        if "\r" in self.text:
            return [0, *(match.end() for match in _LINE_END.finditer(self.text))]
        # Adding lengths up takes half the time of a search for line ends.
        lengths = [len(line) + 1 for line in self.text.split("\n")]
        return [0, *accumulate(lengths[:-1])]

    def position(self, offset: int) -> tuple[int, int]:
        """The 1-based line and column, in code points, of a character offset."""
        line = bisect_right(self.line_starts, offset)
        return line, offset - self.line_starts[line - 1] + 1

    def line_span(self, line: int) -> Span:
        """The span of a 1-based line, without its line end."""
        start = self.line_starts[line - 1]
        end = self.line_starts[line] if line < len(self.line_starts) else len(self.text)
        # No copy is made: of a line of a megabyte there may be a thousand.
        while end > start and self.text[end - 1] in "\r\n":
            end -= 1
        return Span(start, end)

    def region(self, span: Span) -> Region:
        return Region(*self.position(span.start), *self.position(span.end))

    def offset(self, line: int, column: int) -> int:
        """The character offset of a 1-based line and column."""
        return self.line_starts[line - 1] + column - 1

    def span(self, region: Region) -> Span:
        """The span whose region this is."""
        return Span(self.offset(*region[:2]), self.offset(*region[2:]))

    def edit(self, span: Span, text: str) -> Edit:
        """The edit that puts `text` in place of the characters of `span`."""
        region = self.region(span)
        numbers = range(region.line, region.end_line + 1)
        return Edit(self.path, region, text, tuple(map(self._line, numbers)))

    def _line(self, number: int) -> str:
        # A line of a megabyte with a thousand edits is kept once.
        if number not in self._lines:
            self._lines[number] = self.slice(self.line_span(number))
        return self._lines[number]

    @cached_property
    def _lines(self) -> dict[int, str]:
        return {}

    @cached_property
    def line_end(self) -> str:
        """How the file ends its lines, by its first one."""
        match = _LINE_END.search(self.text)
        return match[0] if match else "\n"

    @cached_property
    def crowded_lines(self) -> list[Span]:
        """Lines with more brackets than links are looked for in."""
        if self.text.count("[") <= MAX_BRACKETS:
            return []
        lines = map(self.line_span, range(1, len(self.line_starts) + 1))
        return [line for line in lines if self.text.count("[", *line) > MAX_BRACKETS]

    def slice(self, span: Span) -> str:
        return self.text[span.start : span.end]


def read_source(file: Path, path: str, name: str) -> Source:
    """Read `file`; what is wrong with it becomes its `problem`, never an exception."""
    try:
        status = os.stat(file)  # noqa: PTH116
        size = status.st_size
        if not stat.S_ISREG(status.st_mode):
            kind = "a directory" if stat.S_ISDIR(status.st_mode) else "not a regular file"
            return Source(path, name, problem=Problem(f"`{file.name}` is {kind}, not a file"))
        if size > MAX_BYTES:
            message = f"the file has {size:,} bytes; files over {MAX_BYTES:,} bytes are not read"
            return Source(path, name, problem=Problem(message))
        data = file.read_bytes()
    except OSError as error:
        reason = (error.strerror or str(error)).lower()
        return Source(path, name, problem=Problem(f"the file cannot be read: {reason}"))
    return decode(data, path, name)


def _is_unmarked_utf16(data: bytes) -> bool:
    """Whether every other byte of the beginning is zero, as in UTF-16 of plain English."""
    head = data[:200]
    return len(head) >= 4 and 0 in head and (not any(head[1::2]) or not any(head[::2]))


def decode(data: bytes, path: str, name: str) -> Source:
    """Turn bytes into a `Source`, keeping what can be read of a file that is not UTF-8."""
    if data.startswith(_UTF16_MARKS) or _is_unmarked_utf16(data):
        return Source(path, name, problem=Problem("the file is UTF-16; skills are read as UTF-8"))
    if data.count(0) * 10 > len(data):
        return Source(path, name, problem=Problem("the file is binary, not text"))
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError as error:
        offset = len(data[: error.start].decode("utf-8"))
        message = f"byte 0x{data[error.start]:02x} is not UTF-8"
        return Source(
            path, name, data.decode("utf-8", "replace"), Problem(message, Span(offset, offset + 1))
        )
    if (zero := text.find("\0")) >= 0:
        return Source(path, name, text, Problem("the file has a NUL byte", Span(zero, zero + 1)))
    return Source(path, name, text)
