"""Each finding with its source line, the region underlined, and the remedy."""

from collections.abc import Iterator, Sequence

from skill_lint.diagnostic import Diagnostic, Excerpt, Fix, Region
from skill_lint.reporters.escape import visible, width
from skill_lint.reporters.look import Look
from skill_lint.reporters.wrap import bounded, wrapped
from skill_lint.text.plural import count

MAX_WIDTH = 100
"""Characters of a source line that are shown, at most."""
BEFORE = 30
"""Characters of a longer line that are shown before the region, at most."""
CUT = "..."
"""Stands for the part of a line that is left out."""
INDENT = 4
MAX_ELSEWHERE = 5
"""Other places with the same cause that are shown; the formats for programs have all of them."""
MAX_EDITS = 3
"""Edits of one fix that are shown, and moves of files."""


def skill(diagnostics: Sequence[Diagnostic], look: Look) -> str:
    blocks = ("".join(f"{line}\n" for line in _block(each, look)) for each in diagnostics)
    return "".join(f"{block}\n" for block in blocks)


def _block(diagnostic: Diagnostic, look: Look) -> Iterator[str]:
    region = diagnostic.region
    margin = " " * len(str(region.line))
    bar = look.paint("|", "cyan")
    room = min(MAX_WIDTH, look.columns - len(margin) - 3)
    yield from _head(diagnostic, look)
    place = f"{visible(diagnostic.path)}:{region.line}:{region.column}"
    yield f"{margin}{look.paint('-->', 'cyan')} {place}"
    if diagnostic.excerpt and diagnostic.excerpt.text.strip():
        text, underline = _marked(region, diagnostic.excerpt, room)
        yield f"{margin} {bar}"
        yield f"{look.paint(str(region.line), 'cyan')} {bar} {text}"
        yield f"{margin} {bar} {look.severity(diagnostic.severity, underline)}"
    for related in _related(diagnostic):
        yield from _item(related, margin, look)
    if diagnostic.remedy:
        yield from _item(f"help: {bounded(diagnostic.remedy)}", margin, look)
    if diagnostic.fix:
        yield from _fix(diagnostic.fix, margin, room - 2, look)


def _related(diagnostic: Diagnostic) -> Iterator[str]:
    """The related places, and the first few of the other places with the same cause."""
    for each in (*diagnostic.related, *diagnostic.elsewhere[:MAX_ELSEWHERE]):
        where = f"{each.path}:{each.region.line}:{each.region.column}"
        yield f"{visible(where)}: {bounded(each.message)}"
    if left := len(diagnostic.elsewhere[MAX_ELSEWHERE:]):
        yield f"and in {count(left, 'more place')}"


def _head(diagnostic: Diagnostic, look: Look) -> Iterator[str]:
    """`severity[rule]: message`, wrapped."""
    title = f"{diagnostic.severity}[{diagnostic.rule}]"
    linked = f"{diagnostic.severity}[{look.link(diagnostic.rule, diagnostic.url)}]"
    text = f"{title}: {bounded(diagnostic.message)}{diagnostic.ending}"
    first, *others = wrapped(text, look.columns, INDENT, first=0)
    rest = first.removeprefix(title)
    yield look.severity(diagnostic.severity, linked, "bold") + look.paint(rest, "bold")
    yield from (look.paint(line, "bold") for line in others)


def _item(text: str, margin: str, look: Look) -> Iterator[str]:
    """A remark below the source line, wrapped."""
    lead = len(margin) + 3
    first, *others = wrapped(text, look.columns, lead)
    yield f"{margin} {look.paint('=', 'cyan')} {first[lead:]}"
    yield from others


def _fix(fix: Fix, margin: str, room: int, look: Look) -> Iterator[str]:
    """The lines that the fix changes, as a diff."""
    unsafe = " (unsafe)" if fix.safety == "unsafe" else ""
    yield from _item(f"fix{unsafe}: {bounded(fix.title)}", margin, look)
    for edit in fix.edits[:MAX_EDITS]:
        first = max(0, edit.region.column - 1 - _before(room))
        for sign, colour, lines in (("-", "red", edit.lines), ("+", "green", edit.result)):
            for line in filter(None, lines):
                yield f"{margin} {look.paint(f'  {sign} {_cut(line, first, room)}', colour)}"
    for move in fix.moves[:MAX_EDITS]:
        what = f"rename `{move.path}` to `{move.to}`" if move.to else f"delete `{move.path}`"
        yield f"{margin}   {visible(what)}"
    left = len(fix.edits[MAX_EDITS:]) + len(fix.moves[MAX_EDITS:])
    if left:
        yield f"{margin}   and {count(left, 'more change')}"


def _before(room: int) -> int:
    """The characters that are shown before a region, of a line that is too long for the room."""
    return min(BEFORE, room // 3)


def _most(line: str, room: int) -> int:
    """The characters of a line that are shown: all, or as many as the marks of a cut leave."""
    return room if len(line) <= room else max(1, room - 2 * len(CUT))


def _cut(line: str, first: int, room: int) -> str:
    most = _most(line, room)
    first = first if len(line) > most else 0
    before = CUT if first else ""
    after = CUT if first + most < len(line) else ""
    return before + visible(line[first : first + most]) + after


def _marked(region: Region, excerpt: Excerpt, room: int) -> tuple[str, str]:
    """The source line, cut to the room there is, and the line of marks below the region."""
    line, first = excerpt
    most = _most(line, room)
    start = region.column - first
    end = region.end_column - first if region.end_line == region.line else len(line)
    cut = max(0, start - _before(room)) if len(line) > most else 0
    shown = line[cut : cut + most]
    before, after = (CUT if cut or first > 1 else ""), ""
    if cut + most < len(line):
        after = CUT
    start, end = start - cut, min(end - cut, len(shown))
    lead = " " * width(before + visible(shown[:start]))
    marks = "^" * max(1, width(visible(shown[start:end])))
    return f"{before}{visible(shown)}{after}", lead + marks
