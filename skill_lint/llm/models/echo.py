"""Finds an API key that an endpoint repeats in its answer: whole, in parts, or encoded.

What cannot be found: a key of which only a few characters come at a time, between other words, or
one that is encoded in a way of the endpoint's own.
"""

import base64
import binascii
import html
import re
from collections.abc import Callable, Iterator
from urllib.parse import unquote

PART = 6
"""Characters of a key that count as a part of it, if one of them is a digit."""
LONG_PART = 10
"""Characters of a key that count as a part of it without a digit."""
PIECE = 4
MOST_PIECES = 4
"""How many short pieces of a key, each with a digit, count as the key."""
_SIGNS = re.compile(r"[^0-9A-Za-z]+")
_ENCODED = re.compile(r"[A-Za-z0-9+/_-]{8,}={0,2}")
_HEX = re.compile(r"[0-9A-Fa-f]{12,}")
_ESCAPE = re.compile(r"\\u([0-9a-fA-F]{4})|\\x([0-9a-fA-F]{2})")
_PLAIN_WORD = re.compile(r"[A-Za-z]+(?:[-_ ][A-Za-z]+)*")


def is_secret(key: str) -> bool:
    """Whether a key is one: `none`, `ollama` and `not-needed` stand in the place of a key."""
    return bool(key) and not (len(key) < 20 and _PLAIN_WORD.fullmatch(key))


def repeats(text: str, key: str, known: str = "") -> bool:
    """Whether a text holds a key or parts of it, as they are, spaced out, reversed or encoded.

    What `known` holds as well is no part of the key: the beginning that all keys of an issuer have.
    """
    if not is_secret(key):
        return False
    whole, parts, pieces = _parts(_plain(key), _plain(known))
    for form in _forms(text):
        for plain in (_plain(form), _plain(form)[::-1]):
            if whole in plain or any(part in plain for part in parts):
                return True
            if sum(piece in plain for piece in pieces) >= MOST_PIECES:
                return True
    return False


def _plain(text: str) -> str:
    """The letters and digits of a text, without case."""
    return _SIGNS.sub("", text).lower()


def _parts(key: str, known: str) -> tuple[str, list[str], list[str]]:
    """The key, its long parts, and its short pieces that do not overlap."""
    windows = [key[at : at + PART] for at in range(len(key) - PART + 1)]
    parts = [each for each in windows if any(char.isdigit() for char in each)]
    parts += [key[at : at + LONG_PART] for at in range(len(key) - LONG_PART + 1)]
    pieces = [key[at : at + PIECE] for at in range(0, len(key) - PIECE + 1, PIECE)]
    pieces = [each for each in pieces if any(char.isdigit() for char in each)]
    if len(key) < 2 * LONG_PART:
        # Parts of a short key could be words or numbers of anybody's.
        parts = [each for each in parts if len(each) > len(key) // 2]
        pieces = []
    return key, [each for each in parts if each not in known], [
        each for each in dict.fromkeys(pieces) if each not in known
    ]  # fmt: skip


def _forms(text: str) -> Iterator[str]:
    """A text, and the same without the encodings that it may have, one in another."""
    forms = [text]
    for _ in range(2):
        forms = [other for form in forms for other in _decoded(form)]
        yield from forms


def _decoded(text: str) -> Iterator[str]:
    yield text
    unquoted = html.unescape(unquote(_unescaped(text)))
    if unquoted != text:
        yield unquoted
    joined = "".join(text.split())
    tokens = {*_ENCODED.findall(text), *_ENCODED.findall(joined)}
    found = " ".join(each for token in sorted(tokens) for each in _bytes(token))
    if found:
        yield found


def _unescaped(text: str) -> str:
    return _ESCAPE.sub(lambda match: chr(int(match[1] or match[2], 16)), text)


def _bytes(token: str) -> Iterator[str]:
    """What a token says if it is base64, base32 or hexadecimal, from any of its first places."""
    urls = token.rstrip("=").replace("-", "+").replace("_", "/")
    for start in range(4):
        part = urls[start:]
        yield from _tried(base64.b64decode, part[: len(part) - (len(part) % 4 == 1)], 4)
    yield from _tried(base64.b32decode, token.rstrip("=").upper(), 8)
    for run in _HEX.findall(token):
        for start in range(2):
            yield from _tried(bytes.fromhex, run[start : start + (len(run) - start) // 2 * 2], 1)


def _tried(decode: Callable[[str], bytes], text: str, group: int) -> Iterator[str]:
    try:
        yield decode(text + "=" * (-len(text) % group)).decode("latin-1")
    except (binascii.Error, ValueError):
        return
