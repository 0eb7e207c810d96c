"""The YAML block at the top of SKILL.md: each key and each value with its exact span.

Errors are data. When one key's value is no YAML, the other keys are still read, so that a fault
in one never hides a fault in another.
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
"""Characters from the top within which a block still counts as meant for frontmatter."""
MAX_LINES = 2_000
"""Lines in which the end of a frontmatter that is not closed is looked for."""
NEAR_LINES = 8
"""Lines of broken YAML, from where Markdown seems to begin, in which a closing line is believed."""
_HEADING_ALONE = lazy_compile(r"\s*#{1,6} [^\r\n]*(?:\r\n|\r|\n)[ \t]*(?:\r|\n)")
_FENCE_LINE = lazy_compile(r"^ {0,3}(?:```|~~~)", re.MULTILINE)
_LATE = lazy_compile(r"^(---)([ \t]*(?:\r\n|\r|\n))(?:name|description)[ \t]*:", re.MULTILINE)
_TOP_LEVEL_KEY = lazy_compile(
    r"""(?:"[^"\r\n]*"|'[^'\r\n]*'|(?:[^\s#:'"\[{-]|-\S)[^:\r\n]{0,200}?)[ \t]*:(?=[ \t\r\n]|\Z)"""
)
_ANCHOR = lazy_compile(r"&([\w-]+)")
_MARKDOWN = lazy_compile(r"#{1,6} |[*_]{2}|```|[-*] |\d+\. |>|\||<!--|[A-Z][^:]*$")


class Entry(NamedTuple):
    """One top-level key. `node` is None where its value is no YAML, and `fault` says why.

    Both are None where the value is an alias that only the block as a whole can resolve.
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
        """The value's span, or the key's where there is no value to point at."""
        if self.node is None or self.node.span.start == self.node.span.end:
            return self.key_span
        return self.node.span


class Block(NamedTuple):
    """Where the frontmatter stands: from its opening line to its closing one.

    `opening` is the first `---`, `content` the YAML between the two lines, `end` the offset at
    which the body begins. `unclosed` is set where the closing line is missing, with the offset at
    which it belongs, if that is certain.
    """

    opening: Span
    content: Span
    end: int
    unclosed: bool = False
    closes_at: int | None = None


class Frontmatter:
    """The frontmatter of one file. `block` is None where the file does not begin with one."""

    def __init__(self, source: Source, limits: Limits = DEFAULT) -> None:
        self.source, self.limits = source, limits

    @cached_property
    def block(self) -> Block | None:
        return find_block(self.source) or _late_block(self.source)

    @property
    def opening(self) -> Span:
        """The opening `---`: where to point at what is missing."""
        return self.block.opening if self.block else Span(0, 0)

    @property
    def is_late(self) -> bool:
        """Whether anything stands before the block, were it but a byte order mark."""
        return self.opening.start > 0

    def lacks(self, key: str) -> bool:
        """Whether a key is certainly missing."""
        if not self.is_judged or key in self.by_key or self.block is None:
            return False
        if self.fault is None:
            return True
        # What is no YAML may have it all the same.
        text = self.source.slice(self.block.content)
        return re.search(rf"^[ \t]*[\"']?{key}\b", text, re.MULTILINE) is None

    @property
    def is_judged(self) -> bool:
        """Whether it can be told which keys are there: the block is found, and is a mapping."""
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
        """Why the block as a whole is no YAML."""
        return self._parsed[1]

    @property
    def root(self) -> Node | None:
        """The whole block's tree; None where it is empty or no YAML."""
        return self._parsed[0]

    @cached_property
    def entries(self) -> Sequence[Entry]:
        """Every top-level key in order, duplicates included."""
        if self.fault is not None:
            return self._salvaged()
        if self.root is None or self.root.kind != "mapping":
            return ()
        return [Entry(key_text(key), key.span, node) for key, node in self.root.pairs]

    @cached_property
    def by_key(self) -> dict[str, Entry]:
        """The entry that counts for each key: the last, as YAML loaders have it."""
        return {entry.key: entry for entry in self.entries}

    def get(self, key: str) -> Entry | None:
        return self.by_key.get(key)

    def text(self, key: str) -> str | None:
        """The value of `key` where it is a string."""
        entry = self.by_key.get(key)
        return entry.value if entry and isinstance(entry.value, str) else None

    @cached_property
    def data(self) -> dict[str, Any]:
        """What a YAML loader makes of the readable entries."""
        return {key: entry.value for key, entry in self.by_key.items() if entry.node is not None}

    def _salvaged(self) -> list[Entry]:
        """The entries of a block that is no YAML, each top-level key parsed by itself."""
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
    """Where the frontmatter stands in a file, or None where the file does not begin with one."""
    match = _OPENING.match(source.text)
    return _block(source, Span(*match.span(1)), match.end()) if match else None


def _late_block(source: Source) -> Block | None:
    """A block that is one in all but its place: something stands before it."""
    match = _LATE.search(source.text, 0, MAX_LATE)
    if match is None:
        return None
    before = source.text[: match.start()]
    # An example in the body is no frontmatter; a file that is all one code fence may have it.
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
        and _is_far(source, end, closing_line)
    ):
        # The closing line is missing, and a thematic break far below was taken for it.
        return Block(opening, Span(content.start, end), end, unclosed=True, closes_at=end)
    return Block(opening, content, after)


def _is_far(source: Source, end: int, closing_line: int) -> bool:
    """Whether a line `---` is too far below the place where Markdown begins to be meant for it."""
    heading = _HEADING_ALONE.match(source.text, end) is not None
    return heading or closing_line - source.position(end)[0] > NEAR_LINES


def _certain_end(source: Source, content: Span) -> int | None:
    """Where the YAML ends and Markdown begins, when a blank line and the two sides prove it."""
    if _BLANK_LINE.search(source.text, max(0, content.start - 1), content.end) is None:
        return None
    first, last = source.position(content.start)[0], source.position(content.end)[0]
    numbers = range(first, min(last, first + MAX_LINES) + 1)
    lines = [source.slice(source.line_span(number)) for number in numbers]
    words = [index for index, line in enumerate(lines) if line.strip()]
    keys = [index for index in words if not _is_comment(lines[index])]
    for index, line in enumerate(lines):
        if line.strip():
            continue
        following = bisect_right(words, index)
        if following == len(words) or not _MARKDOWN.match(lines[words[following]]):
            continue
        # Comments between two keys look like headings.
        after = bisect_right(keys, index)
        if after < len(keys) and _KEY.match(lines[keys[after]]):
            continue
        # A heading right above the blank line is Markdown too.
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
