"""What a text mentions is the same, whether all of it is split into words or only some lines."""

from hypothesis import given
from hypothesis import strategies as st

from skill_lint.skill.mention_index import MentionIndex, NeedleSets
from skill_lint.text.path_words import lines_with

PARTS = ("a", "b", "bb", "a.md", "b.py", "é.md", "a b.md", ".x", "B.PY")
paths = st.lists(st.sampled_from(PARTS), min_size=1, max_size=4).map("/".join)
texts = st.lists(
    st.sampled_from((*PARTS, "/", "//", " ", "\n", ".", "./", "`", "*", "中", "\r", "\\")),
    max_size=40,
).map(lambda pieces: "".join(pieces).lower())


@given(st.sets(paths, max_size=6), st.sets(paths, max_size=3), texts, st.booleans())
def test_lines_with_needles_mention_what_the_whole_text_does(
    files: set[str], folders: set[str], text: str, is_code: bool
) -> None:
    needle_sets = NeedleSets.of(files, folders)
    needles = needle_sets.code if is_code else needle_sets.text
    some = MentionIndex(files, folders).new_mentions(text, (), needles, is_code=is_code)
    every = MentionIndex(files, folders).new_mentions(text, (), None, is_code=is_code)
    assert some == every


@given(st.sets(st.sampled_from(("a", "bb", "\n", "\na", "é")), max_size=3), texts)
def test_every_line_with_a_needle_is_found(needles: set[str], text: str) -> None:
    found = lines_with(needles, text).split("\n")
    for line in text.split("\n"):
        assert line in found or not any(needle in line for needle in needles)
