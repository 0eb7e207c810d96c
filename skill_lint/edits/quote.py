"""Fixes that put quotes around a YAML value, so that YAML reads it as a string."""

import re

from skill_lint.diagnostic import Fix, Safety
from skill_lint.lazy_regex import lazy_compile
from skill_lint.text.source import Source, Span
from skill_lint.yaml.node import Node, YamlFault
from skill_lint.yaml.parse import parse

_COMMENT = lazy_compile(r"(?:^|[ \t]+)#(?=[ \t]|$)", re.MULTILINE)


def in_quotes(text: str) -> str:
    """The text in double quotes, or in single quotes if double quotes would need escapes."""
    if '"' not in text and "\\" not in text:
        return f'"{text}"'
    return "'" + text.replace("'", "''") + "'"


def scalar(text: str) -> str:
    """The text as a YAML value, in quotes only if it needs them."""
    return text if _reads_as(text, text) else in_quotes(text)


def escaped(text: str) -> str:
    """The text in double quotes, with YAML's escapes for characters that are not printable."""
    return f'"{"".join(map(_escaped, text))}"'


def _escaped(char: str) -> str:
    code = ord(char)
    if char in '"\\':
        return f"\\{char}"
    if char.isprintable():
        return char
    if code < 0x100:
        return f"\\x{code:02x}"
    return f"\\u{code:04x}" if code < 0x10000 else f"\\U{code:08x}"


def quote(source: Source, span: Span, safety: Safety = "safe") -> Fix | None:
    """Put quotes around the text at `span`; None if the result would not be one string."""
    text = in_quotes(source.slice(span))
    if not _reads_as(text, None):
        return None
    return Fix("Put the value in quotes", (source.edit(span, text),), safety=safety)


def quote_text(source: Source, span: Span) -> Fix | None:
    """Put quotes around the text of a whole value, which may end in a comment.

    ` #word` is text. ` # words` may be a comment: it stays outside, and the fix is unsafe.
    """
    text = source.slice(span)
    comment = _COMMENT.search(text)
    if comment is None:
        return quote(source, span)
    if "\n" in text or comment.start() == 0:
        return None
    return quote(source, Span(span.start, span.start + comment.start()), "unsafe")


def quote_scalar(source: Source, node: Node | None) -> Fix | None:
    """Put quotes around a plain scalar that YAML reads as a number, a boolean or a date."""
    if node is None or node.kind != "scalar" or not node.raw or node.value is None:
        return None
    if node.style in ("'", '"', "|", ">") or node.tag or node.anchor or node.alias:
        return None
    return quote(source, node.span)


def rewrite(node: Node, text: str) -> str | None:
    """The text to write in place of a scalar, in the same quotes.

    None for a block scalar, a list or mapping, a node with a tag, anchor or alias, and for a text
    that YAML would read as another one, or that is no UTF-8.
    """
    if node.kind != "scalar" or node.tag or node.anchor or node.alias or node.style in ("|", ">"):
        return None
    quoted = f"{node.style}{text}{node.style}" if node.style in ("'", '"') else scalar(text)
    return quoted if _reads_as(quoted, text) else None


def _reads_as(written: str, text: str | None) -> bool:
    """Whether YAML reads `written` as a string when it is a key's value: `text`, if given."""
    try:
        root = parse(f"key: {written}\n")
    except (YamlFault, UnicodeEncodeError):  # The name of a file may be no text.
        return False
    value = root.value.get("key") if root is not None and root.kind == "mapping" else None
    return isinstance(value, str) and text in (None, value)
