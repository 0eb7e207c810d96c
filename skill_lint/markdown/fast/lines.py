"""How the lines begin that Markdown as most people write it is made of."""

import functools
import re

SAFE = (
    r"""(?:[^\W\d_]|[!"$%&'(),./;?@\\\]^{}\[]|[^\x00-\x7f\s]|\*{1,3}[^\s*]|_{1,3}[^\s_]"""
    r"|`{1,2}(?!`)|~{1,2}(?!~)|[0-9]+(?:[^\d.)\n]|[.)][^\s]|$)|<(?:https?:|[^A-Za-z/!?\n])|#[^\s#]|={1,2}[^\s=]"
    r"|:[^\s|:-]|-{1,2}[^\s|:-]|\+\S)"
)
"""The beginning of a line that is text, for certain: it opens no other block, and closes none."""

FENCE = r"(?:`{3,}(?=[^`|\n]*$)|~{3,}(?=[^|\n]*$))"
"""The marks of a line that opens a fence. With a `|` the line may be the head of a table."""

RULE = r"(?:-{3,}|\*{3,}|_{3,})[ \t]*$"
BULLET = r"(?:[-+*]|[0-9]{1,9}[.)])"


@functools.lru_cache(64)
def closing(mark: str) -> re.Pattern[str]:
    """The line end before, the indentation and the marks of a line that may close a fence."""
    return re.compile(rf"\n( *){re.escape(mark)}{mark[0]}*[ \t]*(?=\n|\Z)")


def trimmed(text: str) -> str | None:
    """A text without the blanks around it; None where what markdown-it takes for one is exotic."""
    text = text.strip(" \t\n")
    return None if text[:1].isspace() or text[-1:].isspace() else text


def may_define(text: str) -> bool:
    """Whether a paragraph may begin with the definition of a link."""
    return text.startswith("[") and "]:" in text
