"""Fenced code: the spans of its parts, and a text without it."""

import functools
import re

from skill_lint.markdown.elements import Fence
from skill_lint.markdown.outline import FencedCode
from skill_lint.text.source import Source, Span

_FENCE_LINE = re.compile(r"\n([ \t]*)(`{3,}|~{3,})([^`\r\n]*)\r?(?=\n|\Z)")


def outside_fences(body: str) -> str | None:
    """A text without its fenced code; None if only a parse can tell where it is."""
    if not _may_have_fence(body):
        return body
    # A newline in front makes every line begin with a fixed character, which halves the time.
    text, end, rest = f"\n{body}", 1, []
    lines = list(_FENCE_LINE.finditer(text))
    for opening, closing in zip(lines[::2], lines[1::2], strict=False):
        if not _surely_closes(opening, closing):
            return None
        rest.append(text[end : opening.start() + 1])
        end = closing.end()
    outside = "".join([*rest, text[end:]])
    return None if _may_have_fence(outside) else outside


def _may_have_fence(text: str) -> bool:
    return "```" in text or "~~~" in text


def _surely_closes(opening: re.Match[str], closing: re.Match[str]) -> bool:
    """Whether two lines certainly open and close one fence.

    Code that is indented less than its fence could end a list, and the fence with it.
    """
    indent = opening[1]
    if (indent, opening[2]) != (closing[1], closing[2]) or closing[3].strip():
        return False
    if not indent:
        return True
    outdented = _outdented(indent).search(opening.string, opening.end(), closing.start())
    return outdented is None


@functools.lru_cache(64)
def _outdented(indent: str) -> re.Pattern[str]:
    """A line that is not blank and does not begin with `indent`."""
    return re.compile(rf"[\n\r](?!{indent})[^\S\n\r]*+\S")


def fence_of(source: Source, code: FencedCode) -> Fence:
    """A fence with the spans of its parts."""
    first, after = code.line, code.after
    opening = source.line_span(first + 1)
    mark = source.text.index(code.markup, opening.start)
    last = source.line_span(after)
    closing = _closing(code.markup, code.in_container)
    closed = after > first + 1 and closing.fullmatch(source.text, *last) is not None
    start = source.line_span(first + 2).start if after > first + 1 else opening.end
    end = last.start if closed else last.end
    span = Span(mark, last.end)
    content = Span(start, max(start, end))
    info, first_line = code.info.strip(), Span(mark, opening.end)
    return Fence(info, span, first_line, content, closed, code.in_container)


@functools.lru_cache(64)
def _closing(mark: str, in_container: bool) -> re.Pattern[str]:
    """The line that closes a fence."""
    # In a list or block quote, the parser has already checked the indentation.
    margin = r"[>\s]*" if in_container else " {0,3}"
    return re.compile(rf"{margin}{re.escape(mark)}{mark[0]}*\s*")
