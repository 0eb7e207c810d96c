"""The YAML block at the top of SKILL.md: each key and each value with its exact span.

Errors are data. When the value of one key is not valid YAML, the other keys are still read, so
that an error in one never hides an error in another.
"""

import re
from bisect import bisect_right
from collections.abc import Sequence, Set
from functools import cached_property
from itertools import takewhile
from typing import Any, NamedTuple

from skill_lint.lazy_regex import lazy_compile
from skill_lint.limits import DEFAULT, Limits
from skill_lint.text.source import BYTE_ORDER_MARK, Source, Span
from skill_lint.yaml.node import Node, YamlFault, key_text
from skill_lint.yaml.parse import parse

_KEY = re.compile(r"[a-z][a-z0-9_-]*[ \t]*:(?:[ \t]|$)")
_CLOSING = re.compile(r"---[ \t]*(?=[\r\n]|\Z)")
_BLANK_LINE = re.compile(r"[\r\n]\s*[\r\n]")
_OPENING = re.compile(rf"{BYTE_ORDER_MARK}?(---)[ \t]*(?:\r\n|\r|\n|\Z)")
MAX_LATE = 2_000
"""A misplaced block counts as frontmatter only within this many characters from the top."""
MAX_LINES = 2_000
"""Lines that are searched for the end of frontmatter without a closing line."""
NEAR_LINES = 8
"""In broken YAML, a `---` at most this many lines below the first Markdown is the closing line."""
_HEADING_ALONE = lazy_compile(r"\s*#{1,6} [^\r\n]*(?:\r\n|\r|\n)[ \t]*(?:\r|\n)")
_FENCE_LINE = lazy_compile(r"^ {0,3}(?:```|~~~)", re.MULTILINE)
_LATE = lazy_compile(r"^(---)([ \t]*(?:\r\n|\r|\n))(?:name|description)[ \t]*:", re.MULTILINE)
_TOP_LEVEL_KEY = lazy_compile(
    r"""(?:"[^"\r\n]*"|'[^'\r\n]*'|(?:[^\s#:'"\[{-]|-\S)[^:\r\n]{0,200}?)[ \t]*:(?=[ \t\r\n]|\Z)"""
)
_ANCHOR = lazy_compile(r"&([\w-]+)")
_MARKDOWN = lazy_compile(r"#{1,6} |[*_]{2}|```|[-*] |\d+\. |>|\||<!--|[A-Z][^:]*$")


class Entry(NamedTuple):
    """One top-level key. `node` is None where its value is not valid YAML; `fault` says why.

    Both are None where the value cannot be parsed without the rest of the block, for example an
    alias of an anchor elsewhere in it.
    """

    key: str
    key_span: Span
    node: Node | None
    fault: YamlFault | None = None

    @property
    def value(self) -> Any:
        return self.node.value if self.node else None

    @property
    def span(self) -> Span:
        """The span of the value, or of the key where the value is missing or empty."""
        if self.node is None or self.node.span.start == self.node.span.end:
            return self.key_span
        return self.node.span


class Block(NamedTuple):
    """The position of the frontmatter, from its opening line to its closing line.

    `opening` is the span of the first `---`, `content` the YAML between the two lines, `end` the
    offset where the body begins. `unclosed` is true if the closing line is missing; `closes_at` is
    then the offset where it belongs, or None if that is not certain.
    """

    opening: Span
    content: Span
    end: int
    unclosed: bool = False
    closes_at: int | None = None


class Frontmatter:
    """The frontmatter of one file. `block` is None where the file has none."""

    def __init__(self, source: Source, limits: Limits = DEFAULT) -> None:
        self.source, self.limits = source, limits

    @cached_property
    def block(self) -> Block | None:
        return find_block(self.source) or _late_block(self.source)

    @property
    def opening(self) -> Span:
        """The opening `---`, where findings about missing keys point; else the file's start."""
        return self.block.opening if self.block else Span(0, 0)

    @property
    def is_late(self) -> bool:
        """Whether anything stands before the block, even only a byte order mark."""
        return self.opening.start > 0

    def lacks(self, key: str) -> bool:
        """Whether `key` is certainly missing."""
        if not self._has_readable_keys or key in self.by_key or self.block is None:
            return False
        if self.fault is None:
            return True
        # The block is not valid YAML, but its text may still have the key.
        text = self.source.slice(self.block.content)
        return re.search(rf"^[ \t]*[\"']?{key}\b", text, re.MULTILINE) is None

    @property
    def _has_readable_keys(self) -> bool:
        """Whether the keys can be read: the end of the block is certain, and it is a mapping."""
        if self.block is None or (self.block.unclosed and self.block.closes_at is None):
            return False
        if self.fault is not None:
            return bool(self.entries)
        return self.root is None or self.root.kind == "mapping"

    @cached_property
    def _parsed(self) -> tuple[Node | None, YamlFault | None]:
        if self.block is None or (self.block.unclosed and self.block.closes_at is None):
            return None, None
        try:
            content = self.block.content
            return parse(self.source.slice(content), content.start, self.limits), None
        except YamlFault as fault:
            return None, fault

    @property
    def fault(self) -> YamlFault | None:
        """Why the block as a whole is not valid YAML; None if it is."""
        return self._parsed[1]

    @property
    def root(self) -> Node | None:
        """The tree of the whole block; None where the block is missing, empty or not valid YAML."""
        return self._parsed[0]

    @cached_property
    def entries(self) -> Sequence[Entry]:
        """Every top-level key in order, including duplicates."""
        if self.fault is not None:
            return self._salvaged()
        if self.root is None or self.root.kind != "mapping":
            return ()
        return [Entry(key_text(key), key.span, node) for key, node in self.root.pairs]

    @cached_property
    def by_key(self) -> dict[str, Entry]:
        """The entry that counts for each key: the last one, as in YAML loaders."""
        return {entry.key: entry for entry in self.entries}

    def get(self, key: str) -> Entry | None:
        return self.by_key.get(key)

    def text(self, key: str) -> str | None:
        """The value of `key` if it is a string, else None."""
        entry = self.by_key.get(key)
        return entry.value if entry and isinstance(entry.value, str) else None

    @cached_property
    def data(self) -> dict[str, Any]:
        """The values of the readable entries, as a YAML loader returns them."""
        return {key: entry.value for key, entry in self.by_key.items() if entry.node is not None}

    def _salvaged(self) -> list[Entry]:
        """The entries of a block that is not valid YAML; each top-level key is parsed alone."""
        assert self.block is not None
        start, end = self.block.content
        text = self.source.text
        keys = [
            match
            for line in self.source.line_starts
            if start <= line < end and (match := _TOP_LEVEL_KEY.match(text, line, end))
        ]
        ends = [*(key.start() for key in keys[1:]), end]
        anchors = set(_ANCHOR.findall(text, start, end))
        return [_salvage(text, anchors, *pair) for pair in zip(keys, ends)]  # noqa: B905


def _salvage(text: str, anchors: Set[str], key: re.Match[str], end: int) -> Entry:
    name = key[0][:-1].rstrip()
    span = Span(key.start(), key.start() + len(name))
    name = name.strip("\"'")
    try:
        root = parse(text[key.start() : end], key.start())
    except YamlFault as fault:
        elsewhere = fault.alias is not None and fault.alias in anchors
        return Entry(name, span, None, None if elsewhere else fault)
    if root is None or root.kind != "mapping" or len(root.pairs) != 1:
        return Entry(name, span, None)
    return Entry(key_text(root.pairs[0][0]), span, root.pairs[0][1])


def find_block(source: Source) -> Block | None:
    """The frontmatter at the top of a file, or None where the file does not begin with one."""
    match = _OPENING.match(source.text)
    return _block(source, Span(*match.span(1)), match.end()) if match else None


def _late_block(source: Source) -> Block | None:
    """Frontmatter in the wrong place, because something stands before it."""
    match = _LATE.search(source.text, 0, MAX_LATE)
    if match is None:
        return None
    before = source.text[: match.start()]
    # A block in a code fence is an example, unless the file begins with the fence.
    inside = len(_FENCE_LINE.findall(before)) % 2 == 1
    if inside and not before.lstrip().startswith(("```", "~~~")):
        return None
    block = _block(source, Span(*match.span(1)), match.end(2))
    return None if block.unclosed else block


def _block(source: Source, opening: Span, start: int) -> Block:
    for closing in _CLOSING.finditer(source.text, start) if start > opening.end else ():
        at = closing.start()
        if source.text[at - 1] in "\r\n":
            return _closed(source, opening, Span(start, at), source.position(at)[0])
    end = _certain_end(source, Span(start, len(source.text)))
    if end is None:
        return Block(opening, Span(start, len(source.text)), len(source.text), unclosed=True)
    return Block(opening, Span(start, end), end, unclosed=True, closes_at=end)


def _closed(source: Source, opening: Span, content: Span, closing_line: int) -> Block:
    starts = source.line_starts
    after = starts[closing_line] if closing_line < len(starts) else len(source.text)
    end = _certain_end(source, content)
    if (
        end is not None
        and not _is_yaml(source.slice(content))
        and _is_thematic_break(source, end, closing_line)
    ):
        # The closing line is missing, and this `---` is a thematic break of the body.
        return Block(opening, Span(content.start, end), end, unclosed=True, closes_at=end)
    return Block(opening, content, after)


def _is_thematic_break(source: Source, end: int, closing_line: int) -> bool:
    """Whether the `---` in `closing_line` belongs to the body, which begins at `end`.

    It does if the body begins with a heading, or if the `---` is far below.
    """
    heading = _HEADING_ALONE.match(source.text, end) is not None
    return heading or closing_line - source.position(end)[0] > NEAR_LINES


def _certain_end(source: Source, content: Span) -> int | None:
    """Where the YAML ends and Markdown begins, if a blank line and the text around it prove it."""
    if _BLANK_LINE.search(source.text, max(0, content.start - 1), content.end) is None:
        return None
    first, last = source.position(content.start)[0], source.position(content.end)[0]
    numbers = range(first, min(last, first + MAX_LINES) + 1)
    lines = [source.slice(source.line_span(number)) for number in numbers]
    nonblank = [index for index, line in enumerate(lines) if line.strip()]
    uncommented = [index for index in nonblank if not _is_comment(lines[index])]
    for index, line in enumerate(lines):
        if line.strip():
            continue
        following = bisect_right(nonblank, index)
        if following == len(nonblank) or not _MARKDOWN.match(lines[nonblank[following]]):
            continue
        # A YAML comment between two keys looks like a heading.
        after = bisect_right(uncommented, index)
        if after < len(uncommented) and _KEY.match(lines[uncommented[after]]):
            continue
        # A heading right above the blank line belongs to the Markdown too.
        index -= len(list(takewhile(_is_comment, reversed(lines[:index]))))  # noqa: PLW2901
        end = source.line_starts[first - 1 + index]
        head = source.text[content.start : end]
        return end if ":" in head and _is_yaml(head) else None
    return None


def _is_comment(line: str) -> bool:
    return line.startswith("#")


def _is_yaml(text: str) -> bool:
    try:
        root = parse(text)
    except YamlFault:
        return False
    return root is not None and root.kind == "mapping"
