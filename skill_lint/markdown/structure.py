"""How the blocks of a document are nested. Only fixes, migrations and one rule need this."""

import functools
import re
from collections.abc import Iterator, Sequence
from itertools import pairwise, takewhile
from typing import TYPE_CHECKING

from skill_lint.limits import DEFAULT
from skill_lint.markdown.outline import BlockOutline

if TYPE_CHECKING:
    from skill_lint.markdown.commonmark.state import Token

_CONTAINERS = ("blockquote_open", "list_item_open")
_MARKER = r"[ \t>*+\d.)-]"
"""One character of a container's marker. Each level of nesting takes at least one column."""


def same_structure(one: tuple[str, BlockOutline], other: tuple[str, BlockOutline]) -> bool:
    """Whether the blocks of two texts have the same kind, depth and order, HTML excluded.

    Equal blocks at the beginning and at the end are not parsed.
    """
    ours, theirs = _blocks(*one), _blocks(*other)
    for _ in range(2):
        same = _alike(ours, theirs)
        ours, theirs = ours[same:][::-1], theirs[same:][::-1]
    return _outline("".join(ours)) == _outline("".join(theirs))


def list_items(text: str) -> Iterator[tuple[int, int]]:
    """The 0-based first line of each list item, and the line after the item."""
    for token in _tokens(text):
        if token.type == "list_item_open" and token.map:
            yield token.map[0], token.map[1]


def cut_off(text: str, nesting: int) -> Iterator[int]:
    """The 0-based first lines of containers at the limit of nesting: their content is not read."""
    for token in _tokens(text, nesting):
        if token.type in _CONTAINERS and token.map and token.level + 1 >= nesting:
            yield token.map[0]


def may_be_cut_off(text: str, nesting: int) -> bool:
    """Whether containers may reach the limit of nesting, found without a parse."""
    return _many_markers(max(0, nesting - 1)).search(f"\n{text}") is not None


@functools.cache
def _many_markers(columns: int) -> re.Pattern[str]:
    """A line that may begin with that many columns of markers and blanks; a tab takes up to 4."""
    least = -(-columns // 4)
    return re.compile(rf"\n(?={_MARKER}{{{least}}})(?:{_MARKER}{{{columns}}}|[^\n]*\t)")


def _blocks(text: str, parts: BlockOutline) -> list[str]:
    """The text of each top-level block."""
    return [text[start:end] for start, end in pairwise([*parts.blocks, len(text)])]


def _alike(ours: Sequence[str], theirs: Sequence[str]) -> int:
    """The number of equal texts at the beginning of two sequences."""
    pairs = zip(ours, theirs, strict=False)
    return sum(1 for _ in takewhile(lambda pair: pair[0] == pair[1], pairs))


def _outline(text: str) -> list[tuple[str, int, bool]]:
    """The kind and depth of each token, and whether it is hidden, as in a tight list."""
    tokens = _tokens(text) if text else []
    return [(each.type, each.level, each.hidden) for each in tokens if each.type != "html_block"]


def _tokens(text: str, nesting: int = DEFAULT.markdown_nesting) -> "list[Token]":
    # Lazy import: markdown-it takes longer to import than a small skill to read.
    from skill_lint.markdown.commonmark.blocks import parse_blocks
    from skill_lint.markdown.commonmark.parser import parser

    return parse_blocks(parser(nesting), text, {})
