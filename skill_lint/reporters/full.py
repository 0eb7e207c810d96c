"""Each finding with its source line, the region underlined, and the remedy."""

from collections.abc import Iterator, Sequence

from skill_lint.diagnostic import Diagnostic, Excerpt, Fix, Region
from skill_lint.reporters.colour import Colour
from skill_lint.reporters.escape import visible, width
from skill_lint.text.plural import count

MAX_WIDTH = 100
"""Characters of a source line that are shown."""
BEFORE = 30
"""Characters of a longer line that are shown before the region."""
MAX_ELSEWHERE = 5
"""Other places with the same cause that are shown; the formats for programs have all of them."""
MAX_EDITS = 3
"""Edits of one fix that are shown, and moves of files."""


def skill(diagnostics: Sequence[Diagnostic], colour: Colour) -> str:
    blocks = ("".join(f"{line}\n" for line in _block(each, colour)) for each in diagnostics)
    return "".join(f"{block}\n" for block in blocks)


def _block(diagnostic: Diagnostic, colour: Colour) -> Iterator[str]:
    head = colour.severity(diagnostic.severity, f"{diagnostic.severity}[{diagnostic.rule}]", "bold")
    region = diagnostic.region
    margin = " " * len(str(region.line))
    bar = colour.paint("|", "cyan")
    yield f"{head}: {colour.paint(visible(diagnostic.headline), 'bold')}"
    place = f"{visible(diagnostic.path)}:{region.line}:{region.column}"
    yield f"{margin}{colour.paint('-->', 'cyan')} {place}"
    if diagnostic.excerpt and diagnostic.excerpt.text.strip():
        text, underline = _marked(region, diagnostic.excerpt)
        yield f"{margin} {bar}"
        yield f"{colour.paint(str(region.line), 'cyan')} {bar} {text}"
        yield f"{margin} {bar} {colour.severity(diagnostic.severity, underline)}"
    for related in _related(diagnostic):
        yield f"{margin} {colour.paint('=', 'cyan')} {visible(related)}"
    if diagnostic.remedy:
        yield f"{margin} {colour.paint('=', 'cyan')} help: {visible(diagnostic.remedy)}"
    if diagnostic.fix:
        yield from (f"{margin} {line}" for line in _fix(diagnostic.fix, colour))


def _related(diagnostic: Diagnostic) -> Iterator[str]:
    """The related places, and the first few of the other places with the same cause."""
    for each in (*diagnostic.related, *diagnostic.elsewhere[:MAX_ELSEWHERE]):
        yield f"{each.path}:{each.region.line}:{each.region.column}: {each.message}"
    if left := len(diagnostic.elsewhere[MAX_ELSEWHERE:]):
        yield f"and in {count(left, 'more place')}"


def _fix(fix: Fix, colour: Colour) -> Iterator[str]:
    """The lines that the fix changes, as a diff."""
    unsafe = " (unsafe)" if fix.safety == "unsafe" else ""
    yield f"{colour.paint('=', 'cyan')} fix{unsafe}: {visible(fix.title)}"
    for edit in fix.edits[:MAX_EDITS]:
        first = max(0, edit.region.column - 1 - BEFORE)
        yield from (colour.paint(f"  - {_cut(line, first)}", "red") for line in edit.lines if line)
        yield from (
            colour.paint(f"  + {_cut(line, first)}", "green") for line in edit.result if line
        )
    for move in fix.moves[:MAX_EDITS]:
        what = f"rename `{move.path}` to `{move.to}`" if move.to else f"delete `{move.path}`"
        yield f"  {visible(what)}"
    left = len(fix.edits[MAX_EDITS:]) + len(fix.moves[MAX_EDITS:])
    if left:
        yield f"  and {count(left, 'more change')}"


def _cut(line: str, first: int) -> str:
    first = first if len(line) > MAX_WIDTH else 0
    before = "..." if first else ""
    after = "..." if first + MAX_WIDTH < len(line) else ""
    return before + visible(line[first : first + MAX_WIDTH]) + after


def _marked(region: Region, excerpt: Excerpt) -> tuple[str, str]:
    """The source line, cut to `MAX_WIDTH`, and the line of marks below the region."""
    line, first = excerpt
    start = region.column - first
    end = region.end_column - first if region.end_line == region.line else len(line)
    cut = max(0, start - BEFORE) if len(line) > MAX_WIDTH else 0
    shown = line[cut : cut + MAX_WIDTH]
    before, after = ("..." if cut or first > 1 else ""), ""
    if cut + MAX_WIDTH < len(line):
        after = "..."
    start, end = start - cut, min(end - cut, len(shown))
    lead = " " * width(before + visible(shown[:start]))
    marks = "^" * max(1, width(visible(shown[start:end])))
    return f"{before}{visible(shown)}{after}", lead + marks
