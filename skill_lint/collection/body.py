"""The body of a skill as hashes of its lines: enough to find the first difference of two bodies."""

import struct
import zlib
from binascii import b2a_base64
from collections.abc import Sequence
from typing import NamedTuple

from skill_lint.filesystem.status import digest_of
from skill_lint.text.source import Source, Span

WIDTH = 4
"""Characters of one line's hash."""
MOST_LINES = 2_000
"""Lines whose hashes are kept; the digest covers all lines."""


class Body(NamedTuple):
    """The text below the frontmatter. `lines` has `WIDTH` characters for each line.

    Blanks at the end of lines, the kind of line end, and empty lines before and after the body are
    ignored. `first` is the 1-based line of the file at which `lines` begin.
    """

    first: int = 1
    lines: str = ""
    digest: str = ""

    @property
    def hashes(self) -> list[str]:
        return [self.lines[start : start + WIDTH] for start in range(0, len(self.lines), WIDTH)]


EMPTY = Body()


def body_of(source: Source, start: int) -> Body:
    """The body of a skill's file, from an offset on."""
    text = source.slice(Span(start, len(source.text)))
    stripped = text.lstrip()
    if not stripped:
        return EMPTY
    lines = [line.rstrip() for line in stripped.splitlines()]
    whole = "\n".join(lines).rstrip().encode("utf-8", "surrogatepass")
    first = source.position(start + len(text) - len(stripped))[0]
    return Body(first, _hashes(whole.split(b"\n")[:MOST_LINES]), digest_of(whole))


def _hashes(lines: Sequence[bytes]) -> str:
    """Three bytes of each line's checksum, encoded in `WIDTH` characters."""
    checksums = bytearray(struct.pack(f"<{len(lines)}I", *map(zlib.crc32, lines)))
    del checksums[3::4]
    return b2a_base64(checksums, newline=False).decode()
