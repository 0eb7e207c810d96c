"""The text of a heading as readers see it, and its anchor for links."""

import re
import unicodedata
from collections.abc import Iterable

MAX_HEADING = 1_000
"""Characters of a heading that are used; nobody links to a longer heading."""

_CODE = re.compile(r"(?<!`)(`+)(?!`)(.+?)(?<!`)\1(?!`)")
_MARKUP_SIGN = re.compile(r"[`\[<*_]")
_MARKUP = re.compile(r"!?\[([^\]]*)\]\([^)]*\)|<[^<>]*>|[*]|(?<!\w)_+(?=\S)|(?<=\S)_+(?!\w)")


_DROPPED = {code: None for code in range(128) if not re.match(r"[\w -]", chr(code))}
"""The ASCII characters that `slugify` drops, as a table for `str.translate`."""


def without_markup(content: str) -> str:
    """A heading's text as a reader sees it, on one line. Text in code spans stays as it is."""
    shown = content[:MAX_HEADING].replace("\n", " ")
    if _MARKUP_SIGN.search(shown) is None:
        return shown.strip()
    parts = _CODE.split(shown)
    return "".join(
        part.strip() if index % 3 == 2 else _MARKUP.sub(lambda match: match[1] or "", part)
        for index, part in enumerate(parts)
        if index % 3 != 1
    ).strip()


def slugify(text: str) -> str:
    """GitHub's anchor for a heading: lower case, without punctuation, with hyphens for spaces.

    Marks, letters, digits, `-` and `_` are kept. Source: the observed behaviour of github.com.
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
    """The anchors of all headings of a page; repeated ones are numbered as on GitHub."""
    slugs: dict[str, int] = {}
    for heading in headings:
        base = slug = slugify(heading)
        while slug in slugs:
            slugs[base] += 1
            slug = f"{base}-{slugs[base]}"
        slugs[slug] = 0
    return set(slugs)
