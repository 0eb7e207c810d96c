"""Facts in an answer that are not in the skill: addresses, paths, commands, numbers; secrets."""

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from skill_lint.llm.tasks.reason import Reason
from skill_lint.text.lookalikes import as_it_looks
from skill_lint.text.possible_secrets import possible_secrets

_KINDS = {
    "the URL": re.compile(r"(?i)\b[a-z][a-z0-9+.-]{1,20}:(?://)?[^\s`\"')]{3,}|\bwww\.[^\s`\"')]+"),
    "the address": re.compile(r"[\w.+-]+@[\w.-]+"),
    "the path": re.compile(r"[\w.~$%-]*/[\w./~*-]*|[\w./~*-]*/[\w.~*-]+"),
    "the file or host": re.compile(
        r"[\w-]+(?:\.[\w-]+)*\.[A-Za-z][A-Za-z0-9]{0,9}\b|(?<!\w)\.[a-z]\w+"
    ),
    "the option": re.compile(r"(?<![\w-])-{1,2}[A-Za-z][\w-]*"),
    "the variable": re.compile(r"\$\w+|\$\(|%\w+%"),
    "the code": re.compile(r"`[^`]*`"),
    "the number": re.compile(r"\d+(?:[.,]\d+)*"),
    "the command": re.compile(
        r"\b(?:sudo|curl|wget|rm|mv|cp|dd|chmod|chown|ssh|scp|rsync|nc|ncat|telnet|eval|exec|bash|zsh"
        r"|powershell|cmd|pwsh|npx|pipx|uvx|npm|pnpm|yarn|pip3?|brew|apt(?:-get)?|docker|kubectl|git"
        r"|python3?|node|deno|bunx?|perl|ruby|osascript|crontab|systemctl|launchctl|mkfs|base64)\b"
        r"(?=\s+[a-z\d./$\"'-])|&&|;\s*\w+\s+-|\|\s*\w+"
    ),
}  # fmt: skip
_WHOLE = ("the URL", "the address", "the number")
"""Facts that a part of is another fact: a shorter URL leads elsewhere."""
_NO_PATHS = frozenset({"and/or", "either/or", "i/o", "ci/cd", "he/she", "a/b", "n/a"})
_NO_FILES = frozenset({"e.g", "i.e"})
_SENTENCE_END = re.compile(r"(?<=[.!?])\s+")
_COMMON = frozenset("when this that with from into your have should skill using used user".split())
_OPAQUE = re.compile(r"[A-Za-z0-9+/=_-]{24,}")
_PROSE = re.compile(r"(?:[A-Z]?[a-z]{1,20}-){1,8}[A-Z]?[a-z]{1,20}")


def texts(material: Mapping[str, Any]) -> str:
    """All texts and numbers of the data of a question, one per line."""
    return "\n".join(_texts(material))


def _texts(value: Any) -> Iterator[str]:
    if isinstance(value, Mapping):
        value = list(value.values())
    if isinstance(value, list):
        for each in value:
            yield from _texts(each)
    else:
        yield str(value)


def invented(words: Sequence[str], sent: str) -> Iterator[Reason]:
    """The facts in `words`, the texts of an answer, that are not in `sent`, the question's text."""
    told = f"{sent}\n{as_it_looks(sent)}"
    folded = told.casefold()
    whole = {kind: set(_facts(kind, told)) for kind in _WHOLE}
    for text in words:
        # Both as it is and as a reader sees it: `ｈttp` is `http`, and `x。com` leads to `x.com`.
        for form in dict.fromkeys((text, as_it_looks(text))):
            for kind in _KINDS:
                for found in _facts(kind, form):
                    if not _is_in(kind, found, folded, whole):
                        yield Reason("invented", f"{kind} {_shown(found)} is not in the skill")


def _facts(kind: str, text: str) -> Iterator[str]:
    for match in _KINDS[kind].finditer(text):
        if found := match[0].strip().rstrip(".,;:!?"):
            yield found


def _is_in(kind: str, found: str, folded: str, whole: Mapping[str, set[str]]) -> bool:
    if kind in whole:
        return found in whole[kind]
    if kind == "the path" and found.casefold() in _NO_PATHS:
        return True
    if kind == "the file or host" and found.casefold() in _NO_FILES:
        return True
    edge = r"(?<![\w-])" if re.match(r"\w", found) else ""
    end = r"(?![\w-])" if re.search(r"\w$", found) else ""
    if kind == "the file or host":
        # `example.com` is not `example.com.test`, nor `www.example.com`.
        edge, end = r"(?<![\w.-])", r"(?![\w-]|\.\w)"
    return re.search(edge + re.escape(found.casefold()) + end, folded) is not None


def parroted(words: Sequence[str], instructions: str, skill_text: str) -> Iterator[Reason]:
    """Signs that `words` come from the examples in the instructions and not from the skill."""
    examples = " ".join(instructions.split())
    for text in words:
        for sentence in _SENTENCE_END.split(text):
            if len(sentence) > 15 and sentence in examples:
                yield Reason("invented", f"{_shown(sentence)} is the example of the instructions")
    in_answer, in_skill = _stems(" ".join(words)), _stems(skill_text)
    if len(in_answer) > 2 and not in_answer & in_skill:
        yield Reason("invented", "it has no word in common with the skill")


def _stems(text: str) -> set[str]:
    """The first letters of the longer words: `filling` and `filled` count as the same word."""
    return {word[:5] for word in re.findall(r"[^\W\d_]{4,}", text.casefold())} - _COMMON


def leaked(words: Sequence[str], sent: str) -> Iterator[Reason]:
    """The parts of `words` that are or could be a secret or encoded data."""
    for text in words:
        for secret in possible_secrets(text):
            yield Reason("secret", f"it holds what looks like {secret.kind}")
        for match in _OPAQUE.finditer(text):
            if match[0] not in sent and not _PROSE.fullmatch(match[0]):
                size = len(match[0])
                yield Reason("secret", f"{size} characters could be a secret or encoded data")


def _shown(text: str) -> str:
    inner = text.strip("`")
    return f"`{inner if len(inner) <= 40 else f'{inner[:12]}...'}`"
