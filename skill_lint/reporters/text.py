"""Findings grouped by skill, for reading in a terminal."""

from collections.abc import Iterator, Sequence

from skill_lint.diagnostic import Diagnostic
from skill_lint.reporters.colour import Colour
from skill_lint.reporters.escape import visible, width

MAX_PLACE = 30
"""Widest column of places, in terminal cells; a longer place shifts only its own line."""


def skill(diagnostics: Sequence[Diagnostic], colour: Colour) -> str:
    return "".join(f"{line}\n" for line in [*_lines(diagnostics, colour), ""])


def _lines(diagnostics: Sequence[Diagnostic], colour: Colour) -> Iterator[str]:
    yield colour.paint(visible(diagnostics[0].skill), "bold")
    places = [_place(each) for each in diagnostics]
    widest = min(MAX_PLACE, max(width(place) for place in places))
    rules = max(len(each.rule) for each in diagnostics)
    for place, each in zip(places, diagnostics, strict=True):
        severity = colour.severity(each.severity, f"{each.severity:<7}")
        rule = colour.paint(f"{each.rule:<{rules}}", "dim")
        pad = " " * (widest - width(place))
        yield f"  {place}{pad}  {severity}  {rule}  {visible(each.headline)}"


def _place(diagnostic: Diagnostic) -> str:
    """`SKILL.md:3:14`: the file is relative to the skill's folder."""
    folder = "" if diagnostic.skill == "." else f"{diagnostic.skill}/"
    name = visible(diagnostic.path.removeprefix(folder))
    return f"{name}:{diagnostic.region.line}:{diagnostic.region.column}"
