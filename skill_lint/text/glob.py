"""The globs of the configuration."""

import functools
import re

_WORDS = re.compile(r"((?<![^/])\*\*/|/\*\*$|\*\*|\*)")
"""The stars of a glob. In `a**/b`, `**` does not stand for whole folders, and `/` is a letter."""
_ACROSS = {"**/": "(?:.*?/)??", "**": ".*?"}
"""What may lie before a part of a glob, the shortest first."""
_BELOW = "/**"


@functools.cache
def pattern(glob: str) -> re.Pattern[str]:
    """A glob as a regular expression: `*` matches within a folder, `**` across folders.

    Where a part of the glob matches early, a later match of it is no better, because the star that
    follows takes up the rest. So each part is an atomic group: nothing in it is tried again, and
    the time is at most the square of the path's length.
    """
    words = _WORDS.split(glob)
    tail = "(?:/.*)?" if words[-2:-1] == [_BELOW] else ""
    if tail:
        words = words[:-2]
    regex, across, part = "", "", [words[0]]
    for star, text in zip(words[1::2], words[2::2], strict=True):
        if star == "*":
            part.append(text)
        else:
            regex += f"(?>{across}{_part(part, is_last=False)})"
            across, part = _ACROSS[star], [text]
    return re.compile(f"{regex}{across}{_part(part, is_last=True)}{tail}", re.DOTALL)


def _part(texts: list[str], *, is_last: bool) -> str:
    """Texts with `*` between them. Nothing takes up the rest after the last text of a glob."""
    first, *others = [
        "".join("[^/]" if char == "?" else re.escape(char) for char in text) for text in texts
    ]
    if not others:
        return first
    middle = "".join(f"(?>[^/]*?{text})" for text in others[:-1])
    end = f"[^/]*{others[-1]}" if is_last else f"(?>[^/]*?{others[-1]})"
    return f"{first}{middle}{end}"
