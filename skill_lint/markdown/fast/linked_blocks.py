"""The blocks of Markdown that can contain a link or HTML; blocks without `[` and `<` are skipped.

Most of a long reference has neither character, and reading it takes longer than everything else
that is done with it.
"""

import re

from skill_lint.markdown.fast.blocks import Reader
from skill_lint.markdown.outline import BlockOutline

_LINE = r"(?![ \t]*\n)(?:[^\n\[<`~]++|`(?!``)|~(?!~~))++\n"
"""A line without `[`, `<` and the mark of a fence."""
_FENCE = r"```[^`|\n]*\n(?:(?! {0,3}```+[ \t]*\n)[^\n]*\n)*+ {0,3}```+[ \t]*\n"
_BLANK = r"[ \t]*\n"
_UNLINKED = re.compile(
    rf"(?:(?:(?:{_LINE}|{_FENCE})*+(?:{_BLANK})++)+?(?=\S)|(?:{_LINE}|{_FENCE}|{_BLANK})++\Z)*+"
)
"""Blocks without `[` and `<`, up to an unindented line below a blank one.

No list continues at such a line.
"""


def read_linked_blocks(text: str, nesting: int) -> BlockOutline:
    """Like `read_blocks`, but may skip fences, and paragraphs without `[` and `<`."""
    reader = _LinkedReader(text, nesting)
    reader.read()
    return reader.parts


class _LinkedReader(Reader):
    def read_block(self) -> None:
        if self._is_apart() and (unlinked := _UNLINKED.match(self.text, self.pos)):
            self.line += self.text.count("\n", self.pos, unlinked.end())
            self.pos = unlinked.end()
        if self.pos < len(self.text):
            super().read_block()

    def _is_apart(self) -> bool:
        """Whether the line above is empty. Text after any other line has been searched already."""
        return self.pos < 2 or self.text.startswith("\n\n", self.pos - 2)
