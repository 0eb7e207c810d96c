"""Whatever the Markdown, every span is exactly where its text stands; anchors are as on GitHub."""

from pathlib import Path

import pytest
from hypothesis import given

from skill_lint.markdown.anchors import slugify
from skill_lint.markdown.document import Document
from skill_lint.text.source import Source, decode
from tests.support.promises import check_bounds
from tests.support.strategies import MARKDOWN


def document(text: str) -> Document:
    return Document(Source("SKILL.md", "SKILL.md", text))


@given(MARKDOWN)
def test_markdown_spans(text: str) -> None:
    found = document(text)
    for link in found.links:
        assert found.source.slice(link.span) == link.target
    check_bounds(found)


@given(MARKDOWN)
def test_what_is_outside_fences_agrees_with_the_parser(text: str) -> None:
    found = document(text)
    if found.outside_fences is not None:
        assert all(fence.closed for fence in found.fences)


@pytest.mark.parametrize(
    ("heading", "anchor"),
    [
        ("Set up", "set-up"),
        ("What's new?", "whats-new"),
        ("C++ & C#", "c--c"),
        ("API `v2`", "api-v2"),
        ("snake_case", "snake_case"),
        ("🔥 Hot", "-hot"),
        ("何时使用", "何时使用"),
        ("Café", "café"),
        ("1. First", "1-first"),
    ],
)
def test_slugs_are_those_of_github(heading: str, anchor: str) -> None:
    assert document(f"# {heading}\n").anchors == {anchor}
    assert slugify(heading.replace("`", "")) == anchor


def test_repeated_headings_are_numbered() -> None:
    assert document("# A\n# A\n# A 1\n# A\n").anchors == {"a", "a-1", "a-1-1", "a-2"}


@pytest.mark.slow
def test_spans_on_real_skills(corpus: Path) -> None:
    files = sorted(corpus.rglob("*.md"))
    for file in files:
        source = decode(file.read_bytes(), file.name, file.name)
        found = Document(source)
        for link in found.links:
            assert source.slice(link.span) == link.target
        check_bounds(found)
        for code in found.code_spans:
            # In a cell, a bar is written with a backslash.
            written = source.slice(code.span)
            assert code.text in (written, written.replace("\\|", "|")) or "\n" in code.text
    assert len(files) > 1_000
