"""What only a fix or a migration asks of a document: how its blocks lie in each other."""

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
"""A character of those that open containers. Each level takes a column at least."""


def same_structure(one: tuple[str, BlockOutline], other: tuple[str, BlockOutline]) -> bool:
    """Whether the blocks of two texts are the same in kind, depth and order, HTML left out.

    What the two have in common at the beginning and at the end need not be looked at.
    """
    ours, theirs = _blocks(*one), _blocks(*other)
    for _ in range(2):
        same = _alike(ours, theirs)
        ours, theirs = ours[same:][::-1], theirs[same:][::-1]
    return _outline("".join(ours)) == _outline("".join(theirs))


def list_items(text: str) -> Iterator[tuple[int, int]]:
    """The 0-based lines of each item of a list: its first, and the one behind it."""
    for token in _tokens(text):
        if token.type == "list_item_open" and token.map:
            yield token.map[0], token.map[1]


def cut_off(text: str, nesting: int) -> Iterator[int]:
    """The 0-based lines of containers at the limit of nesting: what is in them is not read."""
    for token in _tokens(text, nesting):
        if token.type in _CONTAINERS and token.map and token.level + 1 >= nesting:
            yield token.map[0]


def may_be_cut_off(text: str, nesting: int) -> bool:
    """Whether containers may reach the limit: the others cost no parse."""
    return _many_markers(max(0, nesting - 1)).search(f"\n{text}") is not None


@functools.cache
def _many_markers(columns: int) -> re.Pattern[str]:
    """What may begin with so many columns of marks and blanks; a tab takes up to four."""
    least = -(-columns // 4)
    return re.compile(rf"\n(?={_MARKER}{{{least}}})(?:{_MARKER}{{{columns}}}|[^\n]*\t)")


def _blocks(text: str, parts: BlockOutline) -> list[str]:
    """The text of each block that is in no other."""
    return [text[start:end] for start, end in pairwise([*parts.blocks, len(text)])]


def _alike(ours: Sequence[str], theirs: Sequence[str]) -> int:
    """How many texts two sequences have in common at their beginning."""
    pairs = zip(ours, theirs, strict=False)
    return sum(1 for _ in takewhile(lambda pair: pair[0] == pair[1], pairs))


def _outline(text: str) -> list[tuple[str, int, bool]]:
    """The kind of each block and its depth, and whether a list is a tight one."""
    tokens = _tokens(text) if text else []
    return [(each.type, each.level, each.hidden) for each in tokens if each.type != "html_block"]


def _tokens(text: str, nesting: int = DEFAULT.markdown_nesting) -> "list[Token]":
    # Late, for it costs more than reading a small skill.
    from skill_lint.markdown.commonmark.blocks import parse_blocks
    from skill_lint.markdown.commonmark.parser import parser

    return parse_blocks(parser(nesting), text, {})
