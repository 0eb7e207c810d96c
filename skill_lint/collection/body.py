"""The body of a skill as hashes of its lines: enough to say where two bodies differ first."""

import zlib
from binascii import b2a_base64
from typing import NamedTuple

from skill_lint.skill.source import Source, Span
from skill_lint.watch import digest_of

WIDTH = 4
"""Characters that stand for one line."""
MOST_LINES = 2_000
"""Lines that are kept; of what follows, only the digest tells."""


class Body(NamedTuple):
    """What stands below the frontmatter. `lines` has `WIDTH` characters for each line.

    Blanks at the end of a line, how lines end, and empty lines around it all do not count.
    `first` is the 1-based line that the first of `lines` has in its file.
    """

    first: int = 1
    lines: str = ""
    digest: str = ""

    @property
    def hashes(self) -> list[str]:
        return [self.lines[start : start + WIDTH] for start in range(0, len(self.lines), WIDTH)]


EMPTY = Body()


def body_of(source: Source, start: int) -> Body:
    """The body of a skill's file that begins at an offset."""
    text = source.slice(Span(start, len(source.text)))
    stripped = text.lstrip()
    if not stripped:
        return EMPTY
    lines = [line.rstrip() for line in stripped.splitlines()]
    whole = "\n".join(lines).rstrip().encode("utf-8", "surrogatepass")
    first = source.position(start + len(text) - len(stripped))[0]
    hashes = "".join(map(_hash, lines[:MOST_LINES]))
    return Body(first, hashes, digest_of(whole))


def _hash(line: str) -> str:
    number = zlib.crc32(line.encode("utf-8", "surrogatepass")) & 0xFFFFFF
    return b2a_base64(number.to_bytes(3, "big"), newline=False).decode()
