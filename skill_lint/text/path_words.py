"""The words of a text that could name files, and the lines in which such words stand."""

import re
from collections.abc import Collection, Iterable

_TEXT = re.compile(r"[\w@+.%-]+(?:/[\w@+.%-]*)*")
_ASCII_TEXT = re.compile(r"[A-Za-z0-9_@+.%-]+(?:/[A-Za-z0-9_@+.%-]*)*")
_NO_WORD = bytes(
    code if chr(code).isalnum() or chr(code) in "_@+.%-/" else ord(" ") for code in range(128)
).ljust(256)
"""For each byte of ASCII, itself if a path may have it, else a blank."""
FEW_NEEDLES = 50
"""So many are looked for one by one; with more of them, every line counts as one that has one."""


def words_in(text: str) -> set[str]:
    """Every word of a text that could be a path or a file name, `references/` with its slash."""
    pieces = set(text.split())
    if text.isascii():
        found = _words_of_ascii(pieces)
    else:
        other = " ".join(piece for piece in pieces if not piece.isascii())
        found = _words_of_ascii(filter(str.isascii, pieces)).union(_TEXT.findall(other))
        # Chinese and Japanese put no space around a path.
        found.update(_ASCII_TEXT.findall(other))
    # Few words have anything to be taken away, and to look is half the work.
    odd = [word for word in found if word[0] in "./" or word[-1] == "."]
    found.difference_update(odd)
    found.update(word.lstrip("./").rstrip(".") for word in odd)
    return found


def _words_of_ascii(pieces: Iterable[str]) -> set[str]:
    """What `_TEXT` finds, give or take slashes in front; a table of bytes is faster by half."""
    return set(" ".join(pieces).encode().translate(_NO_WORD).decode().split())


def lines_with(needles: Collection[str], text: str) -> str:
    """The lines of a text that have one of the signs in them: often few, while all are many."""
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
