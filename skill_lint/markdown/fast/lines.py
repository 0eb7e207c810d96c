"""How the lines of simple Markdown begin."""

import functools
import re

SAFE = (
    r"""(?:[^\W\d_]|[!"$%&'(),./;?@\\\]^{}\[]|[^\x00-\x7f\s]|\*{1,3}[^\s*]|_{1,3}[^\s_]"""
    r"|`{1,2}(?!`)|~{1,2}(?!~)|[0-9]+(?:[^\d.)\n]|[.)][^\s]|$)|<(?:https?:|[^A-Za-z/!?\n])|#[^\s#]|={1,2}[^\s=]"
    r"|:[^\s|:-]|-{1,2}[^\s|:-]|\+\S)"
)
"""The beginning of a line that is certainly text: it neither opens nor closes another block."""

FENCE = r"(?:`{3,}(?=[^`|\n]*$)|~{3,}(?=[^|\n]*$))"
"""The mark of a line that opens a fence. A line with `|` may be a table's header instead."""

RULE = r"(?:-{3,}|\*{3,}|_{3,})[ \t]*$"
BULLET = r"(?:[-+*]|[0-9]{1,9}[.)])"


@functools.lru_cache(64)
def closing(mark: str) -> re.Pattern[str]:
    """A line that may close a fence: the line end before it, its indentation and its mark."""
    return re.compile(rf"\n( *){re.escape(mark)}{mark[0]}*[ \t]*(?=\n|\Z)")


def trimmed(text: str) -> str | None:
    """A text without the blanks around it; None if it has unusual ones, left to markdown-it."""
    text = text.strip(" \t\n")
    return None if text[:1].isspace() or text[-1:].isspace() else text


def may_define(text: str) -> bool:
    """Whether a paragraph may begin with a link definition."""
    return text.startswith("[") and "]:" in text
