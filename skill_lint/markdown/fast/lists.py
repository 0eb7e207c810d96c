"""A simple list: items of text, nested lists and fences; nothing else."""

import re

from skill_lint.markdown.fast.lines import BULLET, FENCE, RULE, SAFE, closing, may_define, trimmed
from skill_lint.markdown.outline import FencedCode, Text

_LINE = re.compile(
    rf"(?P<indent> *)(?:(?P<item>{BULLET} {{1,4}}(?={SAFE}))|(?P<text>(?={SAFE}))"
    rf"|(?P<blank>[ \t]*$)|(?P<fence>{FENCE})|(?P<end>\#{{1,6}}[ \t]|{RULE})|(?P<other>[|<>:]))",
    re.MULTILINE,
)
_UNDER_HEAD = re.compile(r"\n[ \t]*[|:-][|: \t-]*$", re.MULTILINE)
_MAY_FOLLOW = frozenset({"-", "+", "*", "1.", "1)"})
_MOST_DEEP = 15
"""The depth of lists that is read here; markdown-it's own limit is deeper."""


class SimpleList:
    """Reads one list from `pos` on, the beginning of line `line` (0-based)."""

    def __init__(self, text: str, pos: int, line: int) -> None:
        self.text, self.pos, self.line = text, pos, line
        self.texts: list[Text] = []
        self.fences: list[FencedCode] = []
        self._indents: list[int] = []
        """For each open item, the indentation of its content."""
        self._paragraph: list[str] = []
        """The lines of the open paragraph."""
        self._first = 0

    def read(self) -> bool:
        """Read the whole list and move `pos` and `line` to its end; False if it is not simple."""
        size = len(self.text)
        while self.pos < size:
            match = _LINE.match(self.text, self.pos)
            if match is None or (match.lastgroup != "item" and not self._indents):
                return False
            end = self.text.find("\n", match.end())
            end = size if end < 0 else end
            if self._ends(match):
                return self._close()
            if not self._take(match, end):
                return False
            if match.lastgroup != "fence":
                self.pos, self.line = end + 1, self.line + 1
        self.pos = size
        return self._close()

    def _take(self, match: re.Match[str], end: int) -> bool:
        """Read one line, or a fence; False if it is not simple."""
        kind, indent = match.lastgroup, len(match["indent"])
        if kind in ("item", "text") and self._is_head(match.end(), end):
            return False
        if kind == "item":
            return self._item(match, indent, end)
        if kind == "text" and self._paragraph:
            # Any indentation continues the paragraph; blanks beyond the item's margin are kept.
            margin = min(indent, self._indents[-1])
            self._paragraph.append(self.text[self.pos + margin : end])
            return True
        return self._close() if kind == "blank" else self._block(match, indent, end)

    def _is_head(self, start: int, end: int) -> bool:
        """Whether a line may be the header of a table, even if its only `|` is escaped."""
        return "|" in self.text[start:end] and _UNDER_HEAD.match(self.text, end) is not None

    def _ends(self, match: re.Match[str]) -> bool:
        """Whether a line begins a block to the left of the first item, which ends the list."""
        kind, indent = match.lastgroup, len(match["indent"])
        if kind in ("item", "blank") or indent >= self._indents[0]:
            return False
        return kind in ("end", "fence") or not self._paragraph

    def _item(self, match: re.Match[str], indent: int, end: int) -> bool:
        inside = bool(self._indents) and indent >= self._indents[-1]
        # A list directly after a paragraph must be a bullet list or begin with 1.
        if inside and self._paragraph and match["item"].rstrip(" ") not in _MAY_FOLLOW:
            return False
        if not self._close() or not self._descend(indent) or len(self._indents) > _MOST_DEEP:
            return False
        self._indents.append(match.end() - self.pos)
        self._begin(match.end(), end)
        return True

    def _block(self, match: re.Match[str], indent: int, end: int) -> bool:
        """Read a new paragraph or a fence, in the item that its indentation determines."""
        if match.lastgroup not in ("text", "fence") or not self._close():
            return False
        if not self._descend(indent):
            return False
        if match.lastgroup == "fence":
            return self._fence(match, end)
        self._begin(match.end(), end)
        return True

    def _descend(self, indent: int) -> bool:
        """Close the items with more indentation than this; False if the line is indented code."""
        while self._indents and self._indents[-1] > indent:
            self._indents.pop()
        return indent - (self._indents[-1] if self._indents else 0) < 4

    def _begin(self, start: int, end: int) -> None:
        self._paragraph, self._first = [self.text[start:end]], self.line

    def _close(self) -> bool:
        """End the open paragraph, if any; False if it is not simple."""
        if not self._paragraph:
            return True
        content = trimmed("\n".join(self._paragraph))
        if content is None or may_define(content):
            return False
        self.texts.append(Text(content, self._first, self.line, "p", self.line))
        self._paragraph = []
        return True

    def _fence(self, match: re.Match[str], end: int) -> bool:
        text, margin = self.text, self._indents[-1]
        mark, info = match["fence"], text[match.end() : end]
        found = closing(mark).search(text, end)
        if found is None or not 0 <= len(found[1]) - margin < 4:
            return False
        # Code with less indentation than its item ends the list.
        if re.compile(rf"\n {{0,{margin - 1}}}[^ \n]").search(text, end, found.start() + 1):
            return False
        after = self.line + text.count("\n", end, found.end()) + 1
        self.fences.append(FencedCode(self.line, after, mark, info, True))
        self.pos, self.line = found.end() + 1, after
        return True
