"""GitHub's hash of a line: the vectors that upload-sarif is tested with, and what it is for."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from skill_lint.fingerprint import line_hashes

# Text → hashes of its lines. Source: github/codeql-action, src/fingerprints.test.ts (vectors only).
VECTORS = {
    "": ["c129715d7a2bc9a3:1"],
    " a\nb\n  \t\tc\n d": [
        "271789c17abda88f:1",
        "54703d4cd895b18:1",
        "180aee12dab6264:1",
        "a23a3dc5e078b07b:1",
    ],
}


@pytest.mark.parametrize("text", VECTORS)
def test_vectors(text: str) -> None:
    wanted = dict(enumerate(VECTORS[text], 1))
    assert line_hashes(text, wanted) == wanted


def straightforward(text: str) -> list[str]:
    """The rolling hash as it is described, one code unit after the other."""
    data = text.encode("utf-16-le", "surrogatepass")
    units = [int.from_bytes(data[at : at + 2], "little") for at in range(0, len(data), 2)]
    kept: list[int] = []
    begins, line_begins, after_cr = [], True, False
    for unit in [*units, 0xFFFF]:
        if unit in (32, 9) or (after_cr and unit == 10):
            after_cr = False
            continue
        after_cr = unit == 13
        if line_begins:
            begins.append(len(kept))
        kept.append(10 if unit == 13 else unit)
        line_begins = kept[-1] == 10
    window, value, hashes = [0] * 100, 0, []
    padded, seen = kept + [0] * 100, dict[int, int]()
    values = []
    for unit in padded:
        value = (value * 37 + unit - pow(37, 100) * window.pop(0)) % 2**64
        window.append(unit)
        values.append(value)
    for begin in begins:
        value = values[begin + 99]
        seen[value] = seen.get(value, 0) + 1
        hashes.append(f"{value:x}:{seen[value]}")
    return hashes


@given(st.text(st.sampled_from("ab \t\n\ré🔥x"), max_size=300))
def test_windows_give_what_rolling_gives(text: str) -> None:
    wanted = dict(enumerate(straightforward(text), 1))
    assert line_hashes(text, wanted) == wanted


def test_a_line_that_moves_keeps_its_hash() -> None:
    text = "".join(f"line number {number} of the text\n" for number in range(50))
    before = line_hashes(text, [20])[20]
    assert line_hashes("new\nlines\n" + text, [22])[22] == before


def test_equal_lines_are_counted() -> None:
    tail = "x" * 200
    text = f"same\n{tail}\nsame\n{tail}\n"
    assert [line_hashes(text, [1])[1][-2:], line_hashes(text, [3])[3][-2:]] == [":1", ":2"]
