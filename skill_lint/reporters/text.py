"""Findings grouped by skill and file, for reading in a terminal."""

from collections.abc import Iterator, Sequence
from itertools import groupby

from skill_lint.diagnostic import Diagnostic, Report
from skill_lint.reporters.escape import visible
from skill_lint.reporters.style import Style


def render(report: Report, style: Style) -> str:
    blocks = []
    for path, group in groupby(report.diagnostics, key=lambda diagnostic: diagnostic.path):
        blocks.append("".join(f"{line}\n" for line in _file(path, list(group), style)))
    return "\n".join(blocks) + ("\n" if blocks else "")


def _file(path: str, diagnostics: Sequence[Diagnostic], style: Style) -> Iterator[str]:
    yield style.paint(visible(path), "bold")
    places = [f"{each.region.line}:{each.region.column}" for each in diagnostics]
    widest = max(len(place) for place in places)
    rules = max(len(each.rule) for each in diagnostics)
    for place, each in zip(places, diagnostics, strict=True):
        severity = style.severity(each.severity, f"{each.severity:<7}")
        rule = style.paint(f"{each.rule:<{rules}}", "dim")
        yield f"  {place:>{widest}}  {severity}  {rule}  {visible(each.message)}"
