"""Expressions that are compiled late do what others do."""

import re

import pytest

from skill_lint.lazy_regex import lazy_compile


def test_a_late_expression_is_one() -> None:
    found = lazy_compile(r"(?P<word>b+)", re.IGNORECASE)
    assert [match["word"] for match in found.finditer("aBbab")] == ["Bb", "b"]
    assert found.sub("-", "aBbab") == "a-a-"
    assert found.search("aaa") is None
    assert found.fullmatch("bB") is not None
    assert found.flags & re.IGNORECASE


def test_it_is_compiled_when_it_is_first_used() -> None:
    broken = lazy_compile("(")
    with pytest.raises(re.error):
        broken.search("")
