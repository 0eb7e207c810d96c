"""Whatever the text, positions count code points, and any bytes are read."""

from hypothesis import given
from hypothesis import strategies as st

from skill_lint.text.source import Source, decode


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
