"""The parts of a skill that are sent to a model. Scripts, absolute paths and user names are not.

They are sent as JSON, so that all text of a skill arrives as a quoted string.
"""

import re
import unicodedata
from collections.abc import Mapping, Sequence
from typing import Any

from skill_lint.diagnostic import Diagnostic
from skill_lint.markdown.elements import Fence
from skill_lint.skill.skill import Skill
from skill_lint.text.source import Span

EXCERPT_BYTES = 4_000
MOST_HEADINGS = 60
MOST_BLOCKS = 8
BLOCK_CHARACTERS = 600
LINE_CHARACTERS = 200

_ABSOLUTE = re.compile(
    r"(?<![\w.:/~-])(?:~[\w.-]*|file:/{0,2})?/(?:[\w.@+-]+/)+[\w.@+-]*"
    r"|(?<![\w/])(?:/home|/Users)/[\w.-]+"
    r"|\b[A-Za-z]:\\[^\s\"'`<>|]*"
    r"|\\\\[\w.-]+\\[^\s\"'`<>|]*"
)
_EMAIL = re.compile(r"(?<![\w.+-])[\w.+-]{1,64}@[\w-]{1,63}(?:\.[\w-]{1,63}){1,5}")
_HIDDEN = frozenset({"Cf", "Cs", "Co", "Cn"})
_BLANK_LINES = re.compile(r"\n{3,}")

Material = Mapping[str, Any]
"""The data of a question, as a JSON object."""


def about(skill: Skill, findings: Sequence[Diagnostic]) -> dict[str, Any]:
    """The data that every question about a skill begins with."""
    frontmatter, document = skill.frontmatter, skill.document
    return {
        "name": scrubbed(frontmatter.text("name") or skill.tree.directory_name)[:LINE_CHARACTERS],
        "description": scrubbed(frontmatter.text("description") or "")[:2_000],
        "headings": [
            f"{'#' * heading.level} {scrubbed(heading.text)[:LINE_CHARACTERS]}"
            for heading in document.headings[:MOST_HEADINGS]
        ],
        "excerpt": excerpt(skill),
        "findings": [scrubbed(f"{each.rule}: {each.message}") for each in findings],
    }


def excerpt(skill: Skill) -> str:
    """The beginning of the body: its prose, without code blocks and HTML comments."""
    document = skill.document
    cuts = [(fence.span, "[code block]") for fence in document.fences]
    cuts += [(comment.span, "") for comment in document.comments]
    parts, at = [], document.start
    for span, mark in sorted(cuts):
        if span.start >= at:
            parts += [skill.source.slice(Span(at, span.start)), mark]
            at = span.end
    parts.append(skill.source.text[at:])
    text = "".join(parts).replace("\r\n", "\n").replace("\r", "\n")
    short = _BLANK_LINES.sub("\n\n", text).strip()[: EXCERPT_BYTES * 2]
    return scrubbed(short).encode()[:EXCERPT_BYTES].decode(errors="ignore")


def blocks(skill: Skill) -> list[Fence]:
    """The code blocks that a Quick Start may repeat. A model names them by number, from 1 on."""
    return [
        fence
        for fence in skill.document.fences
        if fence.closed
        and not fence.in_container
        and fence.language
        and fence.span.end - fence.span.start <= BLOCK_CHARACTERS
        and skill.source.slice(fence.content).strip()
    ][:MOST_BLOCKS]


def scrubbed(text: str) -> str:
    """The text without absolute paths, e-mail addresses and invisible characters."""
    text = _EMAIL.sub("[email]", _ABSOLUTE.sub("[path]", text))
    return "".join(char for char in text if _is_visible(char))


def _is_visible(char: str) -> bool:
    category = unicodedata.category(char)
    return char in "\n\t" or (category != "Cc" and category not in _HIDDEN)
