"""Text in GitHub's Markdown, judged by GitHub's own parser."""

import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from skill_lint.reporters import gfm
from skill_lint.reporters.escape import visible
from tests.support.github_page import SIGNS, plain


@pytest.mark.parametrize("sign", SIGNS, ids=ascii)
def test_a_message_is_text(sign: str) -> None:
    for text in (sign, f"no file at `{sign}`", f"{sign} {sign}", f'a "{sign}", b', f"x{sign}y"):
        plain(f"- {gfm.line(text)}\n")
        in_list = plain(f"- skipped {gfm.line(text)}\n").whole
        in_table = plain(f"| a | b |\n|---|---|\n| x | {gfm.cell(text)} |\n")
        cells = [each for each, _ in in_table.tags if each == "td"]
        assert len(cells) == 2
        # Nothing is lost but the marks of code.
        wanted = re.sub(r"[`\s]", "", visible(text))
        assert re.sub(r"[`\s]", "", in_list) == f"skipped{wanted}"
        assert re.sub(r"[`\s]", "", in_table.whole) == f"abx{wanted}"


def test_a_path_is_shown_letter_by_letter() -> None:
    for sign in SIGNS:
        shown = visible(sign)
        if not shown.strip():
            continue
        assert plain(f"### {gfm.code(sign)}\n").whole.strip() == shown.strip()
        in_table = plain(f"| a |\n|---|\n| {gfm.code_cell(sign)} |\n").whole
        assert in_table.split("a", 1)[1].strip() == shown.strip()


PIECES = st.lists(
    st.sampled_from(
        [*SIGNS, " ", "  ", "`", "``", "|", "\\", "x", "@", "#", "1", ":", "/", "w", "."]
    ),
    max_size=12,
).map("".join)


@settings(max_examples=400, deadline=None)
@given(PIECES | st.text(max_size=30))
def test_any_mixture_is_text(text: str) -> None:
    plain(f"- {gfm.line(text)}\n")
    page = plain(f"| a | b |\n|---|---|\n| x | {gfm.cell(text)} |\n")
    assert [tag for tag, _ in page.tags].count("td") == 2
    page = plain(f"| a | b |\n|---|---|\n| x | {gfm.code_cell(text)} |\n")
    assert [tag for tag, _ in page.tags].count("td") == 2
    plain(f"### {gfm.code(text)}\n")
