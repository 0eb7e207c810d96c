"""Our way through markdown-it's block rules gives the tokens that its own way gives."""

from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from markdown_it import MarkdownIt

from skill_lint.markdown.commonmark.blocks import parse_blocks
from skill_lint.markdown.commonmark.parser import parser
from tests.support.strategies import MARKDOWN

PLAIN = MarkdownIt("commonmark", {"maxNesting": 60}).enable("table")


FIELDS = ("type", "tag", "nesting", "level", "map", "content", "markup", "info", "hidden")


def plainly(text: str) -> tuple[list[Any], dict[str, Any]]:
    env: dict[str, Any] = {}
    tokens = PLAIN.block.parse(text, PLAIN, env, []) or []
    return [[getattr(token, field) for field in FIELDS] for token in tokens], env


def quickly(text: str) -> tuple[list[Any], dict[str, Any]]:
    env: dict[str, Any] = {}
    blocks = parse_blocks(parser(), text, env)
    return [[getattr(block, field) for field in FIELDS] for block in blocks], env


@given(MARKDOWN)
@settings(max_examples=500)
def test_same_tokens(text: str) -> None:
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    assert quickly(text) == plainly(text)


@pytest.mark.slow
def test_same_tokens_on_real_skills(corpus: Path) -> None:
    for file in sorted(corpus.rglob("*.md")):
        text = file.read_bytes().decode("utf-8", "replace").replace("\r\n", "\n")
        assert quickly(text) == plainly(text), file
