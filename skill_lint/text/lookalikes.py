"""Texts as they look: with plain ASCII in place of the characters that look like it.

`lookalikes.txt` is generated from Unicode's table of confusable characters.
"""

import functools
import re
import unicodedata
from pathlib import Path

_DOTS = "。｡．․"
"""Signs that take the place of the dot in a host's name, in browsers or for the eye."""
_HOST_DOT = re.compile(rf"(?<=[A-Za-z0-9])[{_DOTS}](?=[A-Za-z0-9])|[{_DOTS}](?=[a-z]{{2}})")
_WRITTEN_DOT = re.compile(r"(?<=\w)\s?[\[({]\s?(?:\.|dot)\s?[\])}]\s?(?=\w)", re.IGNORECASE)


@functools.cache
def table() -> dict[str, str]:
    """What each character looks like in ASCII, if it is no ASCII itself."""
    text = (Path(__file__).parent / "lookalikes.txt").read_text(encoding="utf-8")
    rows = (line.split("\t") for line in text.split("\n") if line and not line.startswith("# "))
    return {char: target for target, chars in rows for char in chars}


def as_it_looks(text: str) -> str:
    """A text after NFKC, with the ASCII that its characters look like, and plain dots in hosts.

    `ｅxаmple。com` becomes `example.com`. Digits of all writing systems become ASCII ones.
    """
    if text.isascii():
        return _WRITTEN_DOT.sub(".", text)
    # NFKC would make three dots of an ellipsis, which look like the beginning of a file's name.
    dotted = _HOST_DOT.sub(".", text.replace("…", " "))
    folded = "".join(_ascii(char) for char in unicodedata.normalize("NFKC", dotted))
    return _WRITTEN_DOT.sub(".", folded)


def _ascii(char: str) -> str:
    if char.isascii():
        return char
    digit = unicodedata.decimal(char, None)
    if digit is not None:
        return str(digit)
    target = table().get(char, char)
    # The first letter of a Russian word is no 3, and a Japanese one is no slash.
    is_letter = writing_system(char) is not None
    return char if is_letter and not target.isalpha() else target


def writing_system(char: str) -> str | None:
    """The writing system of a letter, mark or digit, such as `CYRILLIC`; None for other characters.

    It is the first word of the character's name. The Latin, Japanese and Chinese ones are `LATIN`
    and `CJK`.
    """
    if unicodedata.category(char)[0] not in "LMN":
        return None
    if char.isascii():
        return "LATIN"
    plain = unicodedata.normalize("NFKC", char)[:1]
    word = unicodedata.name("a" if plain.isascii() else plain, "UNKNOWN").split()[0].split("-")[0]
    return "CJK" if word in ("HIRAGANA", "KATAKANA", "IDEOGRAPHIC", "BOPOMOFO") else word
