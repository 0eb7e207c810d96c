"""The words of a text that could name files, and the lines that contain such words."""

import re
from collections.abc import Collection, Iterable

_TEXT = re.compile(r"[\w@+.%-]+(?:/[\w@+.%-]*)*")
_ASCII_TEXT = re.compile(r"[A-Za-z0-9_@+.%-]+(?:/[A-Za-z0-9_@+.%-]*)*")
_NO_WORD = bytes(
    code if chr(code).isalnum() or chr(code) in "_@+.%-/" else ord(" ") for code in range(128)
).ljust(256)
"""A translation table: each ASCII byte that a path can contain stays, any other becomes a blank."""
FEW_NEEDLES = 50
"""Up to this many needles, the lines that contain one are found; with more, all lines are kept."""


def words_in(text: str) -> set[str]:
    """The words of a text that could be paths or file names. `references/` keeps its slash."""
    pieces = set(text.split())
    if text.isascii():
        found = _words_of_ascii(pieces)
    else:
        other = " ".join(piece for piece in pieces if not piece.isascii())
        found = _words_of_ascii(filter(str.isascii, pieces)).union(_TEXT.findall(other))
        # Chinese and Japanese texts have no space around a path.
        found.update(_ASCII_TEXT.findall(other))
    # Few words need stripping, and this check takes half the time of stripping every word.
    unstripped = [word for word in found if word[0] in "./" or word[-1] == "."]
    found.difference_update(unstripped)
    found.update(word.lstrip("./").rstrip(".") for word in unstripped)
    return found


def _words_of_ascii(pieces: Iterable[str]) -> set[str]:
    """The matches of `_TEXT`, except for leading slashes; a byte table is faster by half."""
    return set(" ".join(pieces).encode().translate(_NO_WORD).decode().split())


def lines_with(needles: Collection[str], text: str) -> str:
    """The lines of a text that contain one of the needles: often only a few of many lines."""
    if len(needles) > FEW_NEEDLES:
        return text
    lines: dict[int, int] = {}
    for needle in needles:
        at = text.find(needle)
        while at >= 0:
            start, end = text.rfind("\n", 0, at) + 1, text.find("\n", at)
            lines[start] = end if end >= 0 else len(text)
            at = text.find(needle, lines[start] + 1)
    return "\n".join([text[start:end] for start, end in lines.items()])
