"""One line per finding: `path:line:column: severity rule message`."""

from skill_lint.diagnostic import Diagnostic
from skill_lint.report.report import Report
from skill_lint.reporters.colour import Colour
from skill_lint.reporters.escape import visible


def render(report: Report, style: Colour) -> str:
    return "".join(f"{_line(diagnostic, style)}\n" for diagnostic in report.diagnostics)


def _line(diagnostic: Diagnostic, style: Colour) -> str:
    place = f"{visible(diagnostic.path)}:{diagnostic.region.line}:{diagnostic.region.column}"
    severity = style.severity(diagnostic.severity, diagnostic.severity)
    return f"{place}: {severity} {diagnostic.rule} {visible(diagnostic.message)}"
