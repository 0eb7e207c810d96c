"""Letters in an answer that are not what they look like, or of a writing system of no use here."""

import re
import unicodedata
from collections.abc import Iterator, Sequence

from skill_lint.llm.tasks.reason import Reason
from skill_lint.text.lookalikes import table, writing_system

_WORD = re.compile(r"\w+")


def disguised(words: Sequence[str], sent: str) -> Iterator[Reason]:
    """The characters in `words`, the texts of an answer, that could deceive a reader.

    These are letters of a writing system that `sent`, the question's text, does not use; words of
    two writing systems with a letter that looks like a Latin one; and other forms of ASCII letters
    and digits (`𝐚`, `ａ`, `²`) that `sent` does not have.
    """
    known = {writing_system(char) for char in set(sent)}
    for text in words:
        for char in dict.fromkeys(text):
            system = writing_system(char)
            if system is not None and system not in known:
                shown = f"U+{ord(char):04X}"
                yield Reason("unsafe-text", f"it has {shown}, of a writing system not in the skill")
            elif _is_styled(char) and char not in sent:
                yield Reason("unsafe-text", f"U+{ord(char):04X} is another form of plain letters")
        for word in _WORD.findall(text):
            if not word.isascii() and _is_mixed(word):
                yield Reason("unsafe-text", f"`{word[:40]}` has letters that look like Latin ones")


def _is_styled(char: str) -> bool:
    if char.isascii():
        return False
    plain = unicodedata.normalize("NFKC", char)
    return plain.isascii() and any(each.isalnum() for each in plain)


def _is_mixed(word: str) -> bool:
    """Whether a word has Latin letters or digits, and letters of others that look like them."""
    has_latin = any(char.isascii() and char.isalnum() for char in word)
    alike = any(
        table().get(char, "").isalnum() and writing_system(char) not in ("LATIN", "CJK")
        for char in word
    )
    return has_latin and alike
