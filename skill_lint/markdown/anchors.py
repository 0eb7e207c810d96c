"""Headings as readers and links name them."""

import re
import unicodedata
from collections.abc import Iterable

MAX_HEADING = 1_000
"""Characters of a heading that count; a longer one is no heading that anyone links to."""

_CODE = re.compile(r"(?<!`)(`+)(?!`)(.+?)(?<!`)\1(?!`)")
_SIGN = re.compile(r"[`\[<*_]")
_MARKUP = re.compile(r"!?\[([^\]]*)\]\([^)]*\)|<[^<>]*>|[*]|(?<!\w)_+(?=\S)|(?<=\S)_+(?!\w)")


_DROPPED = {code: None for code in range(128) if not re.match(r"[\w -]", chr(code))}
"""What `slugify` drops of ASCII."""


def without_markup(content: str) -> str:
    """A heading's text as a reader sees it, on one line; code keeps every character."""
    shown = content[:MAX_HEADING].replace("\n", " ")
    if _SIGN.search(shown) is None:
        return shown.strip()
    parts = _CODE.split(shown)
    return "".join(
        part.strip() if index % 3 == 2 else _MARKUP.sub(lambda match: match[1] or "", part)
        for index, part in enumerate(parts)
        if index % 3 != 1
    ).strip()


def slugify(text: str) -> str:
    """GitHub's anchor for a heading: lower case, punctuation dropped, spaces to hyphens.

    Source: the observed behaviour of github.com; marks, letters, digits, `-` and `_` are kept.
    """
    if text.isascii():
        return text.lower().translate(_DROPPED).replace(" ", "-")
    kept = (
        char
        for char in text.lower()
        if char in "-_ " or unicodedata.category(char)[0] in "LMN" or char == "\u200d"
    )
    return "".join(kept).replace(" ", "-")


def anchors_of(headings: Iterable[str]) -> set[str]:
    """The anchors of all headings of a page, repeated ones numbered as GitHub does."""
    slugs: dict[str, int] = {}
    for heading in headings:
        base = slug = slugify(heading)
        while slug in slugs:
            slugs[base] += 1
            slug = f"{base}-{slugs[base]}"
        slugs[slug] = 0
    return set(slugs)
