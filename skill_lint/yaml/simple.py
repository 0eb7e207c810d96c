"""Frontmatter as most people write it, read line by line; what is not, by PyYAML.

Plain is a mapping in which each value is a text on the line of its key, or else one more such
mapping, which is indented. PyYAML takes longer to import than a small skill to read.
`tests/yaml/test_simple.py` compares the two.
"""

import re
from collections.abc import Sequence
from typing import NamedTuple

from skill_lint.text.source import Span
from skill_lint.yaml.node import Node

_ENTRY = re.compile(
    r"( *)([A-Za-z][A-Za-z0-9_-]{0,99}):"
    r"(?: +(\"[^\"\\]*\"|'[^']*'|[^\W\d_].*|\d+\.\d+\.\d+))?[ \r]*"
)
_NO_TEXT = frozenset({"yes", "no", "true", "false", "on", "off", "null"})
"""Words that stand for something else, in most spellings."""


class _Entry(NamedTuple):
    """A line; `value` is None where nothing stands behind the colon."""

    indent: int
    key: Node
    value: Node | None


def read_simple(text: str, offset: int) -> Node | None:
    """The tree that `parse` makes of a text, or None where the text is not plain."""
    pairs, below = list[tuple[Node, Node]](), list[_Entry]()
    for entry in reversed(_entries(text, offset)):
        if entry.indent:
            below.append(entry)
            continue
        value = _inner(below[::-1], text, offset) if below and entry.value is None else entry.value
        if value is None or (below and entry.value is not None):
            return None
        pairs.append((entry.key, value))
        below = []
    return _mapping(pairs[::-1], text, offset) if pairs and not below else None


def _entries(text: str, offset: int) -> Sequence[_Entry]:
    """The lines that are not blank; none if one is not plain."""
    found = list[_Entry]()
    if not text.replace("\r\n", "").replace("\n", "").isprintable():
        return ()
    for line in text.split("\n"):
        if entry := _ENTRY.fullmatch(line):
            key, value = _scalar(entry, 2, offset), None
            if entry[3] is not None:
                value = _scalar(entry, 3, offset)
            if not _is_text(key) or (value and not _is_text(value)):
                return ()
            found.append(_Entry(len(entry[1]), key, value))
        elif line.strip(" \r"):
            return ()
        offset += len(line) + 1
    return found


def _scalar(entry: re.Match[str], group: int, offset: int) -> Node:
    raw, start = entry[group].rstrip(" \r"), offset + entry.start(group)
    style = raw[0] if raw[0] in "\"'" else ""
    value = raw[1:-1] if style else raw
    return Node("scalar", Span(start, start + len(raw)), raw, value, style=style)


def _is_text(node: Node) -> bool:
    """Whether a plain scalar ends with its line, and is a text."""
    raw = node.raw
    no_text = raw.lower() in _NO_TEXT or ": " in raw or " #" in raw or raw.endswith(":")
    return bool(node.style) or not no_text


def _inner(entries: Sequence[_Entry], text: str, offset: int) -> Node | None:
    """The mapping that indented lines are."""
    pairs = [(each.key, each.value) for each in entries if each.value is not None]
    is_one = len(pairs) == len(entries) and len({each.indent for each in entries}) == 1
    return _mapping(pairs, text, offset) if is_one else None


def _mapping(pairs: list[tuple[Node, Node]], text: str, offset: int) -> Node:
    span = Span(pairs[0][0].span.start, pairs[-1][1].span.end)
    raw = text[span.start - offset : span.end - offset]
    values = {key.value: value.value for key, value in pairs}
    size = 1 + sum(key.size + value.size for key, value in pairs)
    return Node("mapping", span, raw, values, pairs=pairs, size=size)
