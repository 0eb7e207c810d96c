"""Text that GitHub Flavored Markdown shows as it is: no markup, no link, no mention, no formula.

A backslash is not enough. GitHub looks for `@name`, `#1`, commits, `:emoji:` and `$formulas$` in
the page that the Markdown has become, where the backslash is gone; even its parser makes a link of
an e-mail address with one. It leaves code alone. So whatever could be more than text becomes code.
"""

import re
from collections.abc import Callable, Iterator
from itertools import groupby

from skill_lint.lazy_regex import lazy_compile
from skill_lint.reporters.escape import visible

_CODE = re.compile(r"`([^`]+)`")
"""What a message shows as code."""
_ACTIVE = lazy_compile(
    r"[\\`*_\[\]<~|&@#$]"
    r"|[!%][\w\"]"  # GitLab: a merge request, a milestone.
    r"|://|www\.|mailto:|xmpp:"
    r"|:[\w+-]+:"  # An emoji.
    r"|(?<![^\W_])(?:gh|ghsa|cve)-\w"
    r"|(?<![^\W_])[0-9a-f]{7,}(?![^\W_])"  # A commit.
    r"|^(?:[-+=>]+|\d+[.)])$",  # At the beginning of a line: a list, a quote, a heading.
    re.IGNORECASE,
)
"""What a word has that Markdown, or what GitHub and GitLab add to it, may obey."""
_RUNS = re.compile(r"`+")


def line(text: str) -> str:
    """A message in a line. Its code stays code."""
    return _marked(text, _span)


def cell(text: str) -> str:
    """A message as part of a table's cell."""
    return _marked(text, _span_in_table)


def code(text: str) -> str:
    """A path or the like as code, outside of tables."""
    return _span(visible(text))


def code_cell(text: str) -> str:
    """A path or the like as code in a table."""
    return _span_in_table(visible(text))


def _marked(text: str, span: Callable[[str], str]) -> str:
    parts = []
    # Code next to code is one piece of code: its marks would run together.
    for is_code, group in groupby(_pieces(visible(text).strip(" ")), key=lambda piece: piece[0]):
        whole = "".join(part for _, part in group)
        parts.append(span(whole) if is_code else whole)
    return "".join(parts)


def _pieces(text: str) -> Iterator[tuple[bool, str]]:
    """The text in parts, each with whether it is code."""
    for number, part in enumerate(_CODE.split(text)):
        if number % 2:
            yield True, part
            continue
        for word in filter(None, re.split(r"( +)", part)):
            yield bool(_ACTIVE.search(word)), word


def _span(text: str) -> str:
    """A code span. Its marks are longer than any that the text has."""
    if not text:
        return ""
    marks = "`" * (1 + max(map(len, _RUNS.findall(text)), default=0))
    # Markdown drops one blank at both ends, if there are two.
    is_padded = text.startswith("`") or text.endswith("`") or (text[0] == text[-1] == " ")
    blank = " " if is_padded and text.strip(" ") else ""
    return f"{marks}{blank}{text}{blank}{marks}"


def _span_in_table(text: str) -> str:
    """A code span that ends before each `|`, because no code in a table can hold `\\|`."""
    return r"\|".join(map(_span, text.split("|")))
