"""Text of a skill made safe to print: no line breaks, no commands, no invisible characters."""

import functools
import re
import unicodedata

from skill_lint.lazy_regex import lazy_compile

_COMMAND = re.compile(r"^(\s*):(?=:)|(##)(?=\w*\[)")
_CONTROL = lazy_compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f]|\r(?!\n)")
_COMMAND_IN_JSON = lazy_compile(r"##(?=\w*\[)")


def visible(text: str) -> str:
    """The text as one line.

    Control, bidirectional and zero-width characters become escapes such as `\\x1b` and `\\u202e`.
    A space breaks up what a build server would run as a command: `::` at the beginning of the
    text, and `##[` or `##vso[` anywhere.
    """
    is_safe = text.isascii() and text.isprintable()
    return inert(text if is_safe else _unsafe().sub(lambda match: _escaped(match[0]), text))


def inert(line: str) -> str:
    """The line with a space in what a build server would run as a command."""
    return _COMMAND.sub(lambda match: f"{match[0]} ", line)


@functools.cache
def _unsafe() -> re.Pattern[str]:
    """Control characters and invisible characters, except the joiners of letters and emoji.

    Compiled on first use, because no other pattern here takes as long to compile.
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


def without_controls(text: str) -> str:
    """Text of several lines with escapes for its control characters, except tabs and line ends."""
    return _CONTROL.sub(lambda match: _escaped(match[0]), text)


def inert_json(text: str) -> str:
    """Equivalent JSON without `##[` and `##vso[`, which build servers obey anywhere in a line."""
    return _COMMAND_IN_JSON.sub("#\\\\u0023", text)


def width(text: str) -> int:
    """The number of terminal cells of a text: a wide character takes two, a combining one none."""
    if text.isascii():
        return len(text)
    cells = 0
    for char in text:
        if not unicodedata.combining(char):
            cells += 2 if unicodedata.east_asian_width(char) in "WF" else 1
    return cells
