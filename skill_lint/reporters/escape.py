"""Text of a skill made safe to print: no line breaks, no terminal commands, no hidden letters."""

import re
import unicodedata

_UNSAFE = re.compile(
    r"[^\x20-\x7e\xa0-\uffff\U00010000-\U0010ffff]|[\u061c\u200b\u200e-\u200f\u2028-\u202e\u2060-\u2069\ufeff\ud800-\udfff]"
)


def visible(text: str) -> str:
    """One line, with control, bidirectional and zero-width characters as `\\x1b`, `\\u202e`."""
    return _UNSAFE.sub(lambda match: _escaped(match[0]), text)


def _escaped(char: str) -> str:
    code = ord(char)
    short = {"\n": "\\n", "\r": "\\r", "\t": "\\t"}
    return short.get(char) or (f"\\x{code:02x}" if code < 256 else f"\\u{code:04x}")


def width(text: str) -> int:
    """How many terminal cells a text takes: wide characters take two, combining ones none."""
    cells = 0
    for char in text:
        if not unicodedata.combining(char):
            cells += 2 if unicodedata.east_asian_width(char) in "WF" else 1
    return cells
