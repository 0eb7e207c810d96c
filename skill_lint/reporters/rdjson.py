"""reviewdog's rdjson. Its columns count UTF-8 bytes. Source: reviewdog's protocol definition."""

import json
from typing import Any

from skill_lint.diagnostic import Diagnostic, Excerpt, Report, Severity
from skill_lint.reporters.escape import inert_json
from skill_lint.reporters.style import Style

_SEVERITIES: dict[Severity, str] = {"error": "ERROR", "warning": "WARNING", "info": "INFO"}


def render(report: Report, style: Style) -> str:
    whole = {
        "source": {"name": "skill-lint"},
        "severity": "WARNING",
        "diagnostics": [_diagnostic(each) for each in report.diagnostics],
    }
    return inert_json(json.dumps(whole, indent=2) + "\n")


def _diagnostic(diagnostic: Diagnostic) -> dict[str, Any]:
    region, line = diagnostic.region, diagnostic.excerpt
    place = {"start": {"line": region.line, "column": _bytes(line, region.column)}}
    if region.end_line == region.line:
        place["end"] = {"line": region.end_line, "column": _bytes(line, region.end_column)}
    return {
        "message": diagnostic.message,
        "location": {"path": diagnostic.path, "range": place},
        "severity": _SEVERITIES[diagnostic.severity],
        "code": {"value": diagnostic.rule, "url": diagnostic.url},
    }


def _bytes(line: Excerpt | None, column: int) -> int:
    """A column in UTF-8 bytes; where the line's beginning is not at hand, in characters."""
    if line is None or line.column != 1:
        return column
    return len(line.text[: column - 1].encode("utf-8", "replace")) + 1
