"""Globs: what they match, and that no glob takes long."""

import itertools
import re
import time

import pytest

from skill_lint.text.glob import pattern

MATCHES = [
    ("vendor", "vendor", True), ("vendor", "vendors", False), ("*", "a", True), ("*", "a/b", False),
    ("a*b", "ab", True), ("a*b", "a/b", False), ("a?", "a/", False), ("a?", "ab", True),
    ("**/x", "x", True), ("**/x", "a/b/x", True), ("**/x", "ax", False),
    ("x/**", "x", True), ("x/**", "x/a/b", True), ("x/**", "xa", False),
    ("a/**/b", "a/b", True), ("a/**/b", "a/x/y/b", True), ("a/**/b", "ab", False),
    ("**/a*/b", "a/ab/x/ac/b", True), ("**a*b", "a/ab", True), ("**/a/*/c", "a/b/a/b/c", True),
    ("a.b", "axb", False), ("[a]", "a", False), ("**", "a\nb/c", True),
]  # fmt: skip


@pytest.mark.parametrize(("glob", "path", "expected"), MATCHES)
def test_what_a_glob_matches(glob: str, path: str, expected: bool) -> None:
    assert bool(pattern(glob).fullmatch(path)) == expected


def plain(glob: str) -> re.Pattern[str]:
    """The same meaning, in a way that tries everything again."""
    words = {"**/": "(?:.*/)?", "/**": "(?:/.*)?", "**": ".*", "*": "[^/]*", "?": "[^/]"}
    parts = re.split(r"((?<![^/])\*\*/|/\*\*$|\*\*|\*|\?)", glob)
    return re.compile("".join(words.get(part, re.escape(part)) for part in parts))


def test_nothing_is_lost_by_not_trying_again() -> None:
    globs = ["".join(parts) for n in (2, 3, 4) for parts in itertools.product(
        ["a", "/", "*", "**", "**/", "/**"], repeat=n)]  # fmt: skip
    paths = ["".join(parts) for n in range(6) for parts in itertools.product("a/b", repeat=n)]
    for glob in globs[::7]:
        slow, fast = plain(glob), pattern(glob)
        for path in paths[::3]:
            assert bool(slow.fullmatch(path)) == bool(fast.fullmatch(path)), (glob, path)


@pytest.mark.parametrize("part", ["*a", "**/", "?*", "**a", "a**/", "*/", "**/*"])
def test_no_glob_takes_long(part: str) -> None:
    began = time.monotonic()
    pattern(part * 100 + "x").fullmatch("a" * 2_000)
    pattern(part * 100 + "x").fullmatch("a/" * 1_000)
    assert time.monotonic() - began < 5
