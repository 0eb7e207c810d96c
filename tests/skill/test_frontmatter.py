"""Whatever the frontmatter, every span is exactly where its text stands."""

from pathlib import Path

import pytest
import yaml
from frontmatter.default_handlers import YAMLHandler
from hypothesis import given
from hypothesis import strategies as st

from skill_lint.skill.frontmatter import Frontmatter
from skill_lint.skill.skill import Skill
from skill_lint.text.source import Source
from tests.support.strategies import SCALARS, STYLES


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
