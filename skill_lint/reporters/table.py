"""A table for people: columns side by side where they fit, else one below the other."""

from collections.abc import Callable, Collection, Iterator, Sequence

from skill_lint.reporters.escape import width
from skill_lint.reporters.wrap import wrapped

GAP = 2
"""Blanks between two columns."""
LEAST_TEXT = 24
"""Cells that the last column needs to stand beside the others."""

Painter = Callable[[int, str], str]
"""Colours a cell: takes the number of its column and the text with its padding."""


def table(
    rows: Sequence[Sequence[str]],
    columns: int,
    *,
    indent: int = 2,
    right: Collection[int] = (),
    painted: Painter = lambda _, text: text,
) -> list[str]:
    """The lines of a table. Each cell is one harmless line; the last column is wrapped.

    `right` are the columns that are aligned at the right.
    """
    return [
        line
        for row in blocks(rows, columns, indent=indent, right=right, painted=painted)
        for line in row
    ]


def blocks(
    rows: Sequence[Sequence[str]],
    columns: int,
    *,
    indent: int = 2,
    right: Collection[int] = (),
    painted: Painter = lambda _, text: text,
) -> Iterator[list[str]]:
    """The lines of each row of a table."""
    if not rows:
        return
    last = len(rows[0]) - 1
    widths = [max(width(row[number]) for row in rows) for number in range(last)]
    place = indent + sum(widths) + GAP * last
    longest = max(width(row[last]) for row in rows)
    fits = columns - place >= min(longest, LEAST_TEXT)
    for row in rows:
        if not fits:
            yield list(_stacked(row, columns, indent, painted))
            continue
        cells = [
            painted(number, _padded(cell, widths[number], is_right=number in right)) + " " * GAP
            for number, cell in enumerate(row[:last])
        ]
        texts = [each[place:] for each in wrapped(row[last], columns, place)]
        line = " " * indent + "".join(cells) + painted(last, texts[0])
        yield [line.rstrip(" "), *(" " * place + painted(last, each) for each in texts[1:])]


def _padded(cell: str, size: int, *, is_right: bool) -> str:
    blanks = " " * (size - width(cell))
    return blanks + cell if is_right else cell + blanks


def _stacked(row: Sequence[str], columns: int, indent: int, painted: Painter) -> Iterator[str]:
    """The short cells of a row, as many to a line as fit, and below them the last one."""
    line, used = "", 0
    for number, cell in enumerate(row[:-1]):
        if line and used + GAP + width(cell) > columns:
            yield line
            line, used = "", 0
        if indent + width(cell) > columns:
            *full, cell = (each[indent:] for each in wrapped(cell, columns, indent))  # noqa: PLW2901
            yield from (" " * indent + painted(number, each) for each in full)
        if cell:
            gap = GAP if line else indent
            line, used = line + " " * gap + painted(number, cell), used + gap + width(cell)
    yield from [line] if line else []
    lead = indent + 2
    for text in wrapped(row[-1], columns, lead) if row[-1] else ():
        yield text[:lead] + painted(len(row) - 1, text[lead:])
