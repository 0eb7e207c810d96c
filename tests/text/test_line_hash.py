"""GitHub's hash of a line: the vectors that upload-sarif is tested with, and what it is for."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from skill_lint.text.line_hash import line_hashes

GREETINGS = (
    "e9496ae3ebfced30:1 fb7c023a8b9ccb3f:1 ce8ba1a563dcdaca:1 e20e36e16fcb0cc8:1 "
    "b3edc88f2938467e:1 c8e28b0b4002a3a0:1 c129715d7a2bc9a3:1"
)
# Text → the hashes of its lines. Source: github/codeql-action, src/fingerprints.test.ts.
VECTORS = {
    "": "c129715d7a2bc9a3:1",
    " a\nb\n  \t\tc\n d": (
        "271789c17abda88f:1 54703d4cd895b18:1 180aee12dab6264:1 a23a3dc5e078b07b:1"
    ),
    " hello; \t\nworld!!!\n\n\n  \t\tGreetings\n End": (
        "8b7cf3e952e7aeb2:1 b1ae1287ec4718d9:1 bff680108adb0fcc:1 c6805c5e1288b612:1 "
        "b86d3392aea1be30:1 e6ceba753e1a442:1"
    ),
    " hello; \t\nworld!!!\n\n\n  \t\tGreetings\n End\n": GREETINGS,
    " hello; \t\nworld!!!\r\r\r  \t\tGreetings\r End\r": GREETINGS,
    " hello; \t\r\nworld!!!\r\n\r\n\r\n  \t\tGreetings\r\n End\r\n": GREETINGS,
    " hello; \t\nworld!!!\r\n\n\r  \t\tGreetings\r End\r\n": GREETINGS,
    "Lorem ipsum dolor sit amet.\n" * 10: (
        "a7f2ff13bc495cf2:1 a7f2ff13bc495cf2:2 a7f2ff13bc495cf2:3 a7f2ff13bc495cf2:4 "
        "a7f2ff13bc495cf2:5 a7f2ff13bc495cf2:6 a7f2ff1481e87703:1 a9cf91f7bbf1862b:1 "
        "55ec222b86bcae53:1 cc97dc7b1d7d8f7b:1 c129715d7a2bc9a3:1"
    ),
}


@pytest.mark.parametrize("text", VECTORS)
def test_vectors(text: str) -> None:
    wanted = dict(enumerate(VECTORS[text].split(), 1))
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
