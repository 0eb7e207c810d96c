"""Blocks of simple Markdown, read with regular expressions; markdown-it reads all other blocks.

A top-level block does not depend on the text above it. So a simple block whose end is certain is
read here, and any other block by markdown-it's rules, starting at its first line. Real skills take
a quarter of the time that those rules alone would take. `tests/markdown/fast/test_blocks.py`
compares the two.
"""

import re
from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING

from skill_lint.limits import DEFAULT
from skill_lint.markdown.fast.lines import FENCE, RULE, SAFE, closing, may_define, trimmed
from skill_lint.markdown.fast.lists import SimpleList
from skill_lint.markdown.outline import BlockOutline, FencedCode, Text

if TYPE_CHECKING:
    from skill_lint.markdown.commonmark.blocks import BlockReader

_BLANK = re.compile(r"[ \t\n]*(?:\n|\Z)")
_PARAGRAPH = re.compile(rf"{SAFE}[^\n]*(?:\n *{SAFE}[^\n]*)*", re.MULTILINE)
_END_OF_PARAGRAPH = re.compile(
    rf"\Z|\n(?:[ \t]*$|\#{{1,6}}[ \t]|{FENCE}|[-+*] +\S|1[.)] +\S|>|<!--)", re.MULTILINE
)
_HEADING = re.compile(r"(#{1,6})((?:[ \t][^\n]*)?)$", re.MULTILINE)
_UNDER_HEAD = re.compile(r"\n {0,3}[|:-]")
_FENCE = re.compile(rf"({FENCE})([^\n]*)", re.MULTILINE)
_RULE = re.compile(RULE, re.MULTILINE)
_TABLE = re.compile(
    r"(\|[^\n]*\|)[ \t]*\n\|((?:[ \t]*:?-+:?[ \t]*\|)+)[ \t]*"
    r"((?:\n\|[^\n]*+)*+)(?=\n[ \t]*$|\n?\Z)",
    re.MULTILINE,
)
_QUOTE = re.compile(r">[^\n]*+(?:\n>[^\n]*+)*+(?=\n[ \t]*$|\n?\Z)", re.MULTILINE)
_QUOTE_SIGN = re.compile(r"^> ?", re.MULTILINE)
_PIPE = re.compile(r"(?<!\\)\|")
_EXOTIC = re.compile(r"[^\S \t\n]")
_MOST_CELLS = 10_000
"""Cells of a simple table; markdown-it limits how many missing cells it adds."""


_ENDS_AT_BLANK_LINE = re.compile(
    r"[^-+*0-9\s<`~]|<(?!script|pre|style|textarea|!|\?)", re.IGNORECASE
)
"""The beginning of a block that contains no blank line. Almost all other blocks are simple."""
_BLANK_LINE = re.compile(r"\n[ \t]*\n")


def read_blocks(text: str, nesting: int = DEFAULT.markdown_nesting) -> BlockOutline:
    """The blocks of a text, which must have `\\n` as its only line end and no NUL.

    Blocks nested deeper than `nesting` are not read.
    """
    reader = Reader(text, nesting)
    reader.read()
    return reader.parts


class Reader:
    """Reads blocks of `text` into `parts`; `pos` is the start of the 0-based line `line`."""

    def __init__(self, text: str, nesting: int) -> None:
        self.text, self.pos, self.line = text, 0, 0
        self.nesting = nesting
        self.parts = BlockOutline()
        self.fallback: BlockReader | None = None
        self.ready_until = 0
        self.failed_until = 0
        """Where reading stopped in the last list or paragraph that turned out not to be simple.

        No list or paragraph is tried before this offset. Otherwise a long one would be tried again
        from each of its lines, in quadratic time.
        """

        self.methods = _METHODS if nesting >= DEFAULT.markdown_nesting else _FLAT_METHODS

    def read(self) -> None:
        text, size = self.text, len(self.text)
        while self.pos < size:
            if text[self.pos] in " \t\n" and (blank := _BLANK.match(text, self.pos)):
                self.line += text.count("\n", self.pos, blank.end())
                self.pos = blank.end()
            else:
                self.read_block()

    def read_block(self) -> None:
        """Read the block that begins at `pos`."""
        self.parts.blocks.append(self.pos)
        method = self.methods.get(self.text[self.pos])
        if not ((method and method(self)) or self._paragraph()):
            self._by_markdown_it()

    def _move(self, end: int) -> None:
        """Continue after the line that ends at `end`."""
        self.line += self.text.count("\n", self.pos, end) + 1
        self.pos = end + 1

    def _paragraph(self) -> bool:
        match = _PARAGRAPH.match(self.text, self.pos) if self.pos >= self.failed_until else None
        if match is None:
            return False
        content = trimmed(match[0])
        is_ended = _END_OF_PARAGRAPH.match(self.text, match.end())
        if is_ended is None or content is None or may_define(content):
            self.failed_until = match.end()
            return False
        line = self.line
        self._move(match.end())
        self.parts.texts.append(Text(content, line, self.line, "p", self.line))
        return True

    def _heading(self) -> bool:
        match = _HEADING.match(self.text, self.pos)
        if match is None or ("|" in match[2] and _UNDER_HEAD.match(self.text, match.end())):
            return False
        content = match[2].rstrip(" \t")
        inside = content.rstrip("#")
        content_or_none = trimmed(inside if inside.endswith((" ", "\t")) else content)
        if content_or_none is None:
            return False
        line = self.line
        self._move(match.end())
        tag = f"h{len(match[1])}"
        self.parts.texts.append(Text(content_or_none, line, line + 1, tag, line + 1))
        return True

    def _fence(self) -> bool:
        match = _FENCE.match(self.text, self.pos)
        found = closing(match[1]).search(self.text, match.end()) if match else None
        if match is None or found is None or len(found[1]) > 3:
            return False
        line = self.line
        self._move(found.end())
        self.parts.fences.append(FencedCode(line, self.line, match[1], match[2], False))
        return True

    def _list_or_rule(self) -> bool:
        if rule := _RULE.match(self.text, self.pos):
            self._move(rule.end())
            return True
        if self.pos < self.failed_until:
            return False
        found = SimpleList(self.text, self.pos, self.line)
        if not found.read():
            self.failed_until = found.pos
            return False
        self.pos, self.line = found.pos, found.line
        self.parts.texts += found.texts
        self.parts.fences += found.fences
        return True

    def _table(self) -> bool:
        match = _TABLE.match(self.text, self.pos)
        if match is None or _EXOTIC.search(match[0]):
            return False
        head, rows = _cells(match[1]), match[3].split("\n")[1:]
        number = match[2].count("|")
        if len(head) != number or number * len(rows) > _MOST_CELLS:
            return False
        texts, line = self.parts.texts, self.line
        texts += [Text(cell, line, line + 1, "th", line + 1) for cell in head]
        for at, row in enumerate(rows, line + 2):
            cells = _cells(row)[:number]
            cells += [""] * (number - len(cells))
            texts += [Text(cell, at, at + 1, "td", at + 1) for cell in cells]
        self._move(match.end())
        return True

    def _quote(self) -> bool:
        match = _QUOTE.match(self.text, self.pos)
        if match is None or "\t" in match[0]:
            return False
        inside = _QUOTE_SIGN.sub("", match[0])
        if inside.startswith(">") or "\n>" in inside:
            return False
        # The line end makes an empty last line count: it belongs to unclosed fenced code.
        line_end = self.text[match.end() : match.end() + 1]
        if not line_end and inside.endswith("\n"):
            return False
        self.parts.include(read_blocks(inside + line_end), self.line)
        self._move(match.end())
        return True

    def _comment(self) -> bool:
        """Read an HTML block that is a comment. The block ends with the comment's last line."""
        text, start = self.text, self.pos
        close = text.find("-->", start) if text.startswith("<!--", start) else -1
        end = text.find("\n", close)
        end = len(text) if end < 0 else end
        if close < 0 or "|" in text[start:end]:
            return False
        line = self.line
        self._move(end)
        self.parts.html.append((line, self.line))
        return True

    def _by_markdown_it(self) -> None:
        # Lazy import: markdown-it takes longer to import than a small skill to read.
        from skill_lint.markdown.commonmark.blocks import BlockReader

        is_short = _ENDS_AT_BLANK_LINE.match(self.text, self.pos) is not None
        # A reader is reused for the blocks after its first, so that preparing it stays linear.
        is_ready = self.pos < self.ready_until and (is_short or self.ready_until == len(self.text))
        if self.fallback is None or not is_ready:
            blank = _BLANK_LINE.search(self.text, self.pos) if is_short else None
            self.ready_until = blank.end() if blank else len(self.text)
            piece = self.text[self.pos : self.ready_until]
            self.fallback = BlockReader(piece, self.nesting, self.pos, self.line)
        self.line, self.pos = self.fallback.read_block(self.line, self.parts)


_FLAT_METHODS: Mapping[str, Callable[[Reader], bool]] = {
    "#": Reader._heading,
    "`": Reader._fence,
    "~": Reader._fence,
    "|": Reader._table,
    "<": Reader._comment,
}
"""The method to try for a block's first character. These blocks contain no other blocks."""
_METHODS = {
    **_FLAT_METHODS,
    ">": Reader._quote,
    **dict.fromkeys("-+*_0123456789", Reader._list_or_rule),
}


def _cells(row: str) -> list[str]:
    """The cells of a table row that begins with `|`."""
    row = row.strip(" \t")
    if "\\" not in row:
        cells = row.split("|")
    else:
        cells = [cell.replace("\\|", "|") for cell in _PIPE.split(row)]
    if cells[-1] == "":
        cells.pop()
    return [cell.strip(" \t") for cell in cells[1:]]
