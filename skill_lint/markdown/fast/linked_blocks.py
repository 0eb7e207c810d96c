"""The blocks of Markdown that can hold a link or HTML; what has neither sign is passed over.

Most of a long reference has neither, and to read it costs more than all else that is done with it.
"""

import re

from skill_lint.markdown.fast.blocks import Reader
from skill_lint.markdown.outline import BlockOutline

_LINE = r"(?![ \t]*\n)(?:[^\n\[<`~]++|`(?!``)|~(?!~~))++\n"
"""A line without `[`, `<` and the marks of a fence."""
_FENCE = r"```[^`|\n]*\n(?:(?! {0,3}```+[ \t]*\n)[^\n]*\n)*+ {0,3}```+[ \t]*\n"
_BLANK = r"[ \t]*\n"
_UNMARKED = re.compile(
    rf"(?:(?:(?:{_LINE}|{_FENCE})*+(?:{_BLANK})++)+?(?=\S)|(?:{_LINE}|{_FENCE}|{_BLANK})++\Z)*+"
)
"""Blocks without a mark, to a line that is not indented and below a blank one: no list goes on
there."""


def read_linked_blocks(text: str, nesting: int) -> BlockOutline:
    """The parts of a text but for fences, and for the texts that have no `[` and no `<`.

    Some of those may be there all the same. The text is as for `read_blocks`.
    """
    reader = _MarkedReader(text, nesting)
    reader.read()
    return reader.parts


class _MarkedReader(Reader):
    def read_block(self) -> None:
        if self._is_apart() and (unmarked := _UNMARKED.match(self.text, self.pos)):
            self.line += self.text.count("\n", self.pos, unmarked.end())
            self.pos = unmarked.end()
        if self.pos < len(self.text):
            super().read_block()

    def _is_apart(self) -> bool:
        """Whether a line above is empty. To look anywhere else would be to look there again."""
        return self.pos < 2 or self.text.startswith("\n\n", self.pos - 2)
