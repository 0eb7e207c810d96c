"""Annotations on a GitHub pull request, as workflow commands that the runner reads from the log.

Sources: GitHub's page on workflow commands, and the runner's parser. The runner shows ten
annotations of each kind per step and drops the others. It drops the columns of a region of several
lines.
"""

from collections.abc import Iterator

from skill_lint.diagnostic import SEVERITIES, Diagnostic, Severity
from skill_lint.report.report import Report
from skill_lint.reporters.escape import visible
from skill_lint.reporters.look import Look
from skill_lint.text.plural import count

MOST = 10
"""Annotations of one kind that GitHub shows per step."""
MOST_RELATED = 3
"""Related places that an annotation names."""

_COMMANDS: dict[Severity, str] = {"error": "error", "warning": "warning", "info": "notice"}


def render(report: Report, look: Look) -> str:
    return "".join(f"{line}\n" for line in _lines(report))


def _lines(report: Report) -> Iterator[str]:
    more = []
    for severity in SEVERITIES:
        found = [each for each in report.diagnostics if each.severity == severity]
        yield from map(_command, found[:MOST])
        if len(found) > MOST:
            more.append(count(len(found) - MOST, f"more {severity}"))
    if more:
        yield f"{', '.join(more)} that GitHub would not show as annotations"


def _command(diagnostic: Diagnostic) -> str:
    region = diagnostic.region
    values = {"file": diagnostic.path, "line": region.line, "endLine": region.end_line}
    if region.line == region.end_line and region.end_column > region.column:
        values |= {"col": region.column, "endColumn": region.end_column}
    values["title"] = f"skill-lint: {diagnostic.rule}"
    properties = ",".join(f"{name}={_property(str(value))}" for name, value in values.items())
    others = [
        f"{each.path}:{each.region.line}: {each.message}"
        for each in diagnostic.all_related[:MOST_RELATED]
    ]
    parts = (diagnostic.headline, *others, diagnostic.remedy)
    text = "\n".join(visible(part) for part in parts if part)
    return f"::{_COMMANDS[diagnostic.severity]} {properties}::{_data(text)}"


def _data(text: str) -> str:
    return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _property(text: str) -> str:
    return _data(visible(text)).replace(":", "%3A").replace(",", "%2C")
