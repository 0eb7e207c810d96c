"""Headings as readers and links name them."""

import re
import unicodedata
from collections.abc import Iterable

MAX_HEADING = 1_000
"""Characters of a heading that count; a longer one is no heading that anyone links to."""

_CODE = re.compile(r"(?<!`)(`+)(?!`)(.+?)(?<!`)\1(?!`)")
_MARKUP = re.compile(r"!?\[([^\]]*)\]\([^)]*\)|<[^<>]*>|[*]|(?<!\w)_+(?=\S)|(?<=\S)_+(?!\w)")


def plain_text(content: str) -> str:
    """A heading's text as a reader sees it, on one line; code keeps every character."""
    parts = _CODE.split(content[:MAX_HEADING].replace("\n", " "))
    return "".join(
        part.strip() if index % 3 == 2 else _MARKUP.sub(lambda match: match[1] or "", part)
        for index, part in enumerate(parts)
        if index % 3 != 1
    ).strip()


def slugify(text: str) -> str:
    """GitHub's anchor for a heading: lower case, punctuation dropped, spaces to hyphens.

    Source: the observed behaviour of github.com; marks, letters, digits, `-` and `_` are kept.
    """
    kept = (
        char
        for char in text.lower()
        if char in "-_ " or unicodedata.category(char)[0] in "LMN" or char == "\u200d"
    )
    return "".join(kept).replace(" ", "-")


def number(headings: Iterable[str]) -> set[str]:
    """The anchors of all headings of a page, repeated ones numbered as GitHub does."""
    slugs: dict[str, int] = {}
    for heading in headings:
        base = slug = slugify(heading)
        while slug in slugs:
            slugs[base] += 1
            slug = f"{base}-{slugs[base]}"
        slugs[slug] = 0
    return set(slugs)
