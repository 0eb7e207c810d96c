"""The document model: whatever is written, every span is exactly where its text stands."""

from pathlib import Path

import pytest
import yaml
from frontmatter.default_handlers import YAMLHandler
from hypothesis import given
from hypothesis import strategies as st

from skill_lint.markdown.anchors import slugify
from skill_lint.markdown.document import Document
from skill_lint.skill.frontmatter import Frontmatter
from skill_lint.skill.skill import Skill
from skill_lint.text.source import Source, decode
from tests.support.promises import check_bounds
from tests.support.strategies import MARKDOWN, SCALARS, STYLES


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


@given(st.dictionaries(st.from_regex(r"[a-z][a-z-]{0,9}", fullmatch=True), SCALARS), STYLES)
def test_frontmatter_spans(data: dict[str, object], style: str | None) -> None:
    block = yaml.safe_dump(data, default_style=style, allow_unicode=True, sort_keys=False)
    source = Source("SKILL.md", "SKILL.md", f"---\n{block}---\n# Title\n")
    frontmatter = Frontmatter(source)
    if frontmatter.fault is not None:
        return  # PyYAML writes some control characters that it does not read.
    assert frontmatter.data == yaml.safe_load(block)
    for entry in frontmatter.entries:
        assert yaml.safe_load(source.slice(entry.key_span)) == entry.key
        assert entry.node is not None
        written = source.slice(entry.node.span)
        assert entry.node.raw == written
        if entry.node.style not in ("|", ">"):
            assert yaml.safe_load(f"x: {written}")["x"] == entry.value


@given(st.text(alphabet="ab:-#'\"[]{}&*!|>%@`?, \n\t", max_size=60))
def test_no_frontmatter_raises(text: str) -> None:
    frontmatter = Frontmatter(Source("SKILL.md", "SKILL.md", f"---\n{text}\n---\n"))
    for entry in frontmatter.entries:
        assert (
            entry.key in ("", frontmatter.source.slice(entry.key_span).strip("\"'")) or entry.node
        )
    assert isinstance(frontmatter.data, dict)


@given(st.text(alphabet="a\r\n\u2028é🔥", max_size=40), st.integers(0, 40))
def test_positions_count_code_points(text: str, offset: int) -> None:
    source = Source("SKILL.md", "SKILL.md", text)
    offset = min(offset, len(text))
    line, column = source.position(offset)
    assert source.line_starts[line - 1] + column - 1 == offset
    assert line == len(text[:offset].replace("\r\n", "\n").replace("\r", "\n").split("\n")) - (
        # Between the two characters of a line end the line has not ended yet.
        text[offset - 1 : offset + 1] == "\r\n"
    )


@given(st.binary(max_size=60))
def test_any_bytes_decode(data: bytes) -> None:
    source = decode(data, "SKILL.md", "SKILL.md")
    try:
        assert source.problem is not None or source.text == data.decode("utf-8")
    except UnicodeDecodeError:
        assert source.problem is not None


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


@pytest.mark.slow
def test_frontmatter_is_split_as_python_frontmatter_does(corpus: Path) -> None:
    """Where both see a block that is YAML, it is the same one, with the same data."""
    handler, compared = YAMLHandler(), 0
    for file in sorted(corpus.rglob("SKILL.md")):
        skill = Skill(file.parent, file.parent.name)
        text = skill.source.text
        if skill.frontmatter.fault or skill.frontmatter.root is None or not handler.detect(text):
            continue
        block, _ = handler.split(text)
        assert yaml.safe_load(block) == skill.frontmatter.data
        compared += 1
    assert compared > 300
