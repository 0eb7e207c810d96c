"""The line diff: exact where a person would look, and never slow."""

import random
import time

import pytest

from skill_lint.filesystem.changed_lines import changed_lines


@pytest.mark.parametrize(
    ("before", "after", "lines"),
    [
        ("", "", []),
        ("", "a\n", [1]),
        ("a\n", "", []),
        ("a\nb\n", "a\nb", [2]),
        ("a\nb\nc\n", "a\nc\n", []),
        ("a\nb\nc\n", "a\nx\nb\nc\ny\n", [2, 5]),
        ("a\nb\nc\nd\n", "d\na\nb\nc\n", [1]),
        ("a\r\nb\r\n", "a\nb\nc\n", [3]),
        ("a\rb\r", "a\rx\rb\r", [2]),
        ("a\nb\n", "a\rb\r", [1, 2]),
        ("a\r\r\nb\n", "a\r\r\nx\r\nb\n", [3]),
        ("- x\n\n- x\n\n- x\n", "- x\n\n- y\n\n- x\n", [3]),
        ("- x\n" * 5, "- x\n" * 7, [6, 7]),
        ("a\n\nb\n\nc\n", "A\n\nb\n\nC\n", [1, 5]),
        ("a\u2028b\x0cc\n", "a\u2028b\x0cd\n", [1]),
    ],
)
def test_changed_lines(before: str, after: str, lines: list[int]) -> None:
    assert sorted(changed_lines(before.encode(), after.encode())) == lines


@pytest.mark.parametrize("seed", range(200))
def test_whatever_is_not_changed_is_in_both_in_order(seed: int) -> None:
    pick = random.Random(seed)
    before = [pick.choice("abcdefgh") for _ in range(pick.randrange(30))]
    after = list(before)
    for _ in range(pick.randrange(6)):
        after.insert(pick.randrange(len(after) + 1), pick.choice("abcxyz"))
        if after and pick.random() < 0.5:
            del after[pick.randrange(len(after))]
    texts = ["".join(f"{line}\n" for line in lines).encode() for lines in (before, after)]
    changed = changed_lines(*texts)
    rest = iter(before)
    kept = [line for number, line in enumerate(after, 1) if number not in changed]
    assert all(line in rest for line in kept), "a subsequence"


@pytest.mark.parametrize("kinds", [1, 2, 7, 1_000, 100_000])
def test_no_text_takes_long(kinds: int) -> None:
    pick = random.Random(kinds)
    before, after = (
        "".join(f"{pick.randrange(kinds)}\n" for _ in range(100_000)).encode() for _ in range(2)
    )
    start = time.process_time()
    changed_lines(before, after)
    changed_lines(before, b"".join(reversed(before.splitlines(keepends=True))))
    assert time.process_time() - start < 10
