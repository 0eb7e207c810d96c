"""Text of a skill made safe to print: no line breaks, no commands, no hidden letters."""

import functools
import re
import unicodedata

from skill_lint.lazy_regex import lazy_compile

_COMMAND = re.compile(r"^(\s*):(?=:)|(##)(?=\w*\[)")
_COMMAND_IN_JSON = lazy_compile(r"##(?=\w*\[)")


def visible(text: str) -> str:
    """One line, with control, bidirectional and zero-width characters as `\\x1b`, `\\u202e`.

    What a build server would take for a command, `::` at the beginning of a line and `##[` or
    `##vso[` anywhere, gets a blank in it.
    """
    plain = text.isascii() and text.isprintable()
    shown = text if plain else _unsafe().sub(lambda match: _escaped(match[0]), text)
    return _COMMAND.sub(lambda match: f"{match[0]} ", shown)


@functools.cache
def _unsafe() -> re.Pattern[str]:
    """Controls, and letters that have no shape of their own; joiners of letters and emoji stay.

    Made when first needed: of all expressions here it takes the longest to compile.
    """
    return re.compile(
        r"[^\x20-\x7e\xa0-\ufffd\U00010000-\U0010ffff]"
        r"|[\u00ad\u034f\u061c\u115f-\u1160\u17b4-\u17b5\u180b-\u180f\u200b\u200e-\u200f"
        r"\u2028-\u202e\u2060-\u206f\u3164\ud800-\udfff\ufdd0-\ufdef\ufeff\uffa0"
        r"\ufff0-\ufffb\U000e0000-\U000e0fff]"
    )


def _escaped(char: str) -> str:
    code = ord(char)
    short = {"\n": "\\n", "\r": "\\r", "\t": "\\t"}
    if code > 0xFFFF:
        return f"\\U{code:08x}"
    return short.get(char) or (f"\\x{code:02x}" if code < 256 else f"\\u{code:04x}")


def inert_json(text: str) -> str:
    """The same JSON without `##[` and its like, which build servers obey anywhere in a line."""
    return _COMMAND_IN_JSON.sub("#\\\\u0023", text)


def width(text: str) -> int:
    """How many terminal cells a text takes: wide characters take two, combining ones none."""
    if text.isascii():
        return len(text)
    cells = 0
    for char in text:
        if not unicodedata.combining(char):
            cells += 2 if unicodedata.east_asian_width(char) in "WF" else 1
    return cells
