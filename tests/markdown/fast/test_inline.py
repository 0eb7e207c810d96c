"""A text that we read ourselves has the links and code spans that markdown-it finds in it."""

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from skill_lint.markdown.commonmark.parser import events_in
from skill_lint.markdown.fast.blocks import read_blocks
from skill_lint.markdown.fast.inline import simple_events

PIECES = st.sampled_from(
    "[a](b.md) ![i](x.png) [ ] ( ) ](b) [`c`](d) `code` ` `` ! !! [a b](<c>) [a](b_c*d) \\ < > &"
    " [a](b(c)) [a](b 't') [a]() [](b) [x[y](z)](w) [`]`](q) ![`c`](i) \n \xa0 é [é](é) [a](\x7f)"
    " [a](&amp;) [a](%20) [a](b\xa0c) https://x.y *em* _e_ [a](b)[c](d) [a][b] [a]: \0 [a](\\)"
    " text [ ] [x] [ ](a) [x][y]".split(" ")
)
TEXTS = st.one_of(
    st.lists(PIECES, max_size=12).map("".join), st.lists(PIECES, max_size=12).map(" ".join)
)


@pytest.mark.slow
@given(TEXTS)
@settings(max_examples=2_000)
def test_same_events(text: str) -> None:
    assert simple_events(text) in (None, events_in(text))


@pytest.mark.slow
def test_same_events_on_real_skills(corpus: Path) -> None:
    for file in sorted(corpus.rglob("*.md")):
        text = file.read_bytes().decode("utf-8", "replace").replace("\r\n", "\n")
        for part in read_blocks(text.replace("\r", "\n").replace("\0", "\ufffd")).texts:
            if "](" in part.content:
                assert simple_events(part.content) in (None, events_in(part.content)), file
