"""One line per finding: `path:line:column: severity rule message`."""

from collections.abc import Sequence

from skill_lint.diagnostic import Diagnostic
from skill_lint.reporters.escape import visible
from skill_lint.reporters.look import Look
from skill_lint.reporters.wrap import bounded


def skill(diagnostics: Sequence[Diagnostic], look: Look) -> str:
    return "".join(f"{_line(each, look)}\n" for each in diagnostics)


def _line(diagnostic: Diagnostic, look: Look) -> str:
    place = f"{visible(diagnostic.path)}:{diagnostic.region.line}:{diagnostic.region.column}"
    severity = look.severity(diagnostic.severity, diagnostic.severity)
    rule = look.link(diagnostic.rule, diagnostic.url)
    message = bounded(diagnostic.message) + diagnostic.ending
    return f"{place}: {severity} {rule} {message}"
