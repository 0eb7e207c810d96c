"""Markdown that we read ourselves has the parts, at the lines, that markdown-it alone finds."""

from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from markdown_it import MarkdownIt

from skill_lint.markdown.commonmark.blocks import add_tokens
from skill_lint.markdown.fast.blocks import read_blocks
from skill_lint.markdown.fast.linked_blocks import read_linked_blocks
from skill_lint.markdown.outline import BlockOutline
from tests.support.strategies import MARKDOWN

PLAIN = MarkdownIt("commonmark", {"maxNesting": 60}).enable("table")

LINES = st.sampled_from(
    """
    text // **bold** text // `code` and // # H // ## H ## // ### // # // # a | b // #tag // ====
    - item // - a | b // * item // + item // - // 1. one // 2. two // 10) ten // - [ ] task // --
    - a \\| b // 1) one
    - # in item // - - twice // - 1. twice // -     code // 1.  wide // - ``` // - | a | b |
    > quote // > // >  # H // >| a | // >\t// >     code // <5 // <!-- a | b
    > - item // > ``` // ``` // ```py // ~~~ // ```` // ``` a`b // ```a | b
    --- // *** // * * * // - - - // === // __ // ___ // <div> // </div> // <!-- c // -->
    <!-- c --> // <x> // <!-->
    <https://x.y> // | a | b | // |---|---| // | c | d // c | d // --|--
    |:-:|-:| // | e \\| f | g | // | \\| a | // [r]: x.md // [r]: // 't' // [link](x)
    [a|b]: y // \xa0 // \u3000x // \x0c // x\xa0 // # \xa0x // é // 漢字 // 🔥 fire // -x // --flag
    +1 // :x // =x // ~x~ // 1.5 // 2024 // 3. // &amp; // \\ // a \\| b // [x](
    """.replace("\n", " // ").split(" // ")
).map(lambda line: line.strip(" "))
INDENTATIONS = st.sampled_from(["", "", "", "  ", "    ", "   ", " ", "\t", "      "])
INDENTED = st.builds(str.__add__, INDENTATIONS, LINES)
TEXTS = st.one_of(MARKDOWN, st.lists(INDENTED, max_size=20).map("\n".join), st.text("-* #`|1.a\n>"))


def by_markdown_it(text: str) -> BlockOutline:
    env: dict[str, Any] = {}
    tokens = PLAIN.block.parse(text, PLAIN, env, []) or []
    parts = BlockOutline()
    add_tokens(parts, tokens, env)  # type: ignore[arg-type]
    return replace(parts, definitions=sorted(parts.definitions))


def quickly(text: str) -> BlockOutline:
    parts = read_blocks(text)
    return replace(parts, blocks=[], definitions=sorted(parts.definitions))


@pytest.mark.slow
@given(TEXTS)
@settings(max_examples=2_000)
def test_same_parts(text: str) -> None:
    text = text.replace("\r\n", "\n").replace("\r", "\n").replace("\0", "\ufffd")
    assert quickly(text) == by_markdown_it(text)
    assert marked(read_linked_blocks(text, 60)) == marked(read_blocks(text))


def marked(parts: BlockOutline) -> tuple[object, ...]:
    """What links and HTML are looked for in."""
    texts = [text for text in parts.texts if "[" in text.content or "<" in text.content]
    return texts, parts.html, sorted(parts.definitions)


def test_code_that_is_not_closed_has_the_last_line_of_its_quotation() -> None:
    text = "> ```\n> code\n>\n\nbelow"
    assert quickly(text) == by_markdown_it(text)


@pytest.mark.slow
def test_same_parts_on_real_skills(corpus: Path) -> None:
    for file in sorted(corpus.rglob("*.md")):
        text = file.read_bytes().decode("utf-8", "replace").replace("\r\n", "\n")
        text = text.replace("\r", "\n").replace("\0", "\ufffd")
        assert quickly(text) == by_markdown_it(text), file
        assert marked(read_linked_blocks(text, 60)) == marked(read_blocks(text)), file
