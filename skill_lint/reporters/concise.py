"""One line per finding: `path:line:column: severity rule message`."""

from collections.abc import Sequence

from skill_lint.diagnostic import Diagnostic
from skill_lint.reporters.colour import Colour
from skill_lint.reporters.escape import visible


def skill(diagnostics: Sequence[Diagnostic], colour: Colour) -> str:
    return "".join(f"{_line(each, colour)}\n" for each in diagnostics)


def _line(diagnostic: Diagnostic, colour: Colour) -> str:
    place = f"{visible(diagnostic.path)}:{diagnostic.region.line}:{diagnostic.region.column}"
    severity = colour.severity(diagnostic.severity, diagnostic.severity)
    return f"{place}: {severity} {diagnostic.rule} {visible(diagnostic.headline)}"
