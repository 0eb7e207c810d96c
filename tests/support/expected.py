r"""What `expected.txt` holds of a finding: a block of lines that people can read.

    pdf-forms/SKILL.md:8:7-8:21 warning broken-mention
      no file at `scripts/fil.py`; did you mean `scripts/fill.py`?
      marked: scripts/fil.py
      remedy: Correct the path, or add the file.
      related: pdf-forms/SKILL.md:3:1-3:5 the message of that place
      also: pdf-forms/SKILL.md:9:7-9:21 here too
      fix (unsafe): Name `scripts/fill.py`
        edit pdf-forms/SKILL.md:8:7-8:21
        - Run `scripts/fil.py`.
        + Run `scripts/fill.py`.
        move pdf-forms/a.md -> pdf-forms/b.md
        delete pdf-forms/c.md

`8:7-8:21` is from line 8, column 7, up to column 21 of that line, which is not part of it; lines
and columns count from 1. What is marked is shown, of several lines the first, with `...` where
more follows; nothing is where both ends are the same. Each edit is shown by itself: the lines that
it changes, with `-` as they were and with `+` as they become. What cannot be seen stands as its
number: `\x1b`, or `\x20` for a blank at an end.
"""

import re
from collections.abc import Iterable, Iterator
from itertools import takewhile

from skill_lint import Diagnostic, Edit, Fix, Region

_LINE_END = re.compile(r"\r\n|\r|\n")


def render(diagnostics: Iterable[Diagnostic]) -> str:
    """All blocks, with an empty line between them."""
    return "\n".join("".join(f"{line}\n" for line in _block(each)) for each in diagnostics)


def _block(diagnostic: Diagnostic) -> Iterator[str]:
    place = _place(diagnostic.path, diagnostic.region)
    yield f"{place} {diagnostic.severity} {diagnostic.rule}"
    yield f"  {shown(diagnostic.message)}"
    if marked := _marked(diagnostic):
        yield f"  marked: {marked}"
    if diagnostic.remedy:
        yield f"  remedy: {shown(diagnostic.remedy)}"
    for each in diagnostic.related:
        yield f"  related: {_place(each.path, each.region)} {shown(each.message)}"
    for each in diagnostic.elsewhere:
        yield f"  also: {_place(each.path, each.region)} {shown(each.message)}"
    if diagnostic.fix:
        yield from (f"  {line}" for line in _fix(diagnostic.fix))


def _place(path: str, region: Region) -> str:
    line, column, end_line, end_column = region
    return f"{shown(path)}:{line}:{column}-{end_line}:{end_column}"


def _marked(diagnostic: Diagnostic) -> str:
    """The text from a finding's place to its end, as far as the excerpt of its line goes."""
    region, excerpt = diagnostic.region, diagnostic.excerpt
    if excerpt is None or region[:2] == region[2:]:
        return ""
    text = excerpt.text[region.column - excerpt.column :]
    length = region.end_column - region.column if region.end_line == region.line else len(text) + 1
    seen = shown(text[:length])
    seen = f"\\x20{seen[1:]}" if seen.startswith(" ") else seen
    return f"{seen} ..." if length > len(text) else seen


def _fix(fix: Fix) -> Iterator[str]:
    yield f"fix ({fix.safety}): {shown(fix.title)}"
    for edit in fix.edits:
        yield f"  edit {_place(edit.path, edit.region)}"
        yield from (f"  {line}" for line in _diff(edit))
    for move in fix.moves:
        path = shown(move.path)
        yield f"  delete {path}" if move.to is None else f"  move {path} -> {shown(move.to)}"


def _diff(edit: Edit) -> Iterator[str]:
    """The lines that an edit changes, before and after."""
    first, last = edit.lines[0], edit.lines[-1]
    column, end = edit.region.column - 1, edit.region.end_column - 1
    before, after = list(edit.lines), _LINE_END.split(first[:column] + edit.text + last[end:])
    above = _alike(before, after)
    before, after = before[above:], after[above:]
    below = _alike(before[::-1], after[::-1])
    yield from (f"- {shown(line)}".rstrip() for line in before[: len(before) - below])
    yield from (f"+ {shown(line)}".rstrip() for line in after[: len(after) - below])


def _alike(some: list[str], others: list[str]) -> int:
    """How many lines two lists have in common at the beginning."""
    pairs = zip(some, others, strict=False)
    return sum(1 for _ in takewhile(lambda pair: pair[0] == pair[1], pairs))


def shown(text: str) -> str:
    """One line, in which each character can be seen, a blank at the end too."""
    seen = "".join(char if char.isprintable() else _number(char) for char in text)
    return f"{seen[:-1]}\\x20" if seen.endswith(" ") else seen


def _number(char: str) -> str:
    return char.encode("unicode_escape").decode("ascii")
