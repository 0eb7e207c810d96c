"""reviewdog's format rdjson. Columns count UTF-8 bytes.

Messages are Markdown, because reviewdog puts them into comments on a pull request as they are.
Sources: reviewdog's protocol definition, and its `MarkdownComment`.
"""

import json
from typing import Any

from skill_lint.diagnostic import Diagnostic, Edit, Excerpt, Related, Severity
from skill_lint.report.report import Report
from skill_lint.reporters import gfm
from skill_lint.reporters.escape import inert_json
from skill_lint.reporters.look import Look

_SEVERITIES: dict[Severity, str] = {"error": "ERROR", "warning": "WARNING", "info": "INFO"}


def render(report: Report, look: Look) -> str:
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
    whole: dict[str, Any] = {
        "message": gfm.line(diagnostic.headline),
        "location": {"path": diagnostic.path, "range": place},
        "severity": _SEVERITIES[diagnostic.severity],
        "code": {"value": diagnostic.rule, "url": diagnostic.url},
    }
    if diagnostic.all_related:
        whole["relatedLocations"] = [_related(each) for each in diagnostic.all_related]
    if suggestions := _suggestions(diagnostic):
        whole["suggestions"] = suggestions
    return whole


def _related(related: Related) -> dict[str, Any]:
    """A related place, without its column, because the line to count its bytes is not at hand."""
    start = {"line": related.region.line}
    place = {"path": related.path, "range": {"start": start}}
    return {"message": gfm.line(related.message), "location": place}


def _suggestions(diagnostic: Diagnostic) -> list[dict[str, Any]]:
    """The finding's fix, if it is safe and a single edit of the finding's file in each place.

    reviewdog applies each suggestion by itself, so a fix of several edits could be applied in part.
    """
    fix = diagnostic.fix
    if fix is None or fix.safety != "safe" or fix.moves:
        return []
    if any(edit.path != diagnostic.path for edit in fix.edits):
        return []
    # The fix of a finding in several places has an edit in each of them.
    lines = {diagnostic.region.line, *(each.region.line for each in diagnostic.elsewhere)}
    if len(fix.edits) > 1 and not all(edit.region.line in lines for edit in fix.edits):
        return []
    return [_suggestion(edit) for edit in fix.edits]


def _suggestion(edit: Edit) -> dict[str, Any]:
    region, lines = edit.region, edit.lines
    start = {"line": region.line, "column": _column(lines[0], region.column)}
    end = {"line": region.end_line, "column": _column(lines[-1], region.end_column)}
    return {"range": {"start": start, "end": end}, "text": edit.text}


def _bytes(line: Excerpt | None, column: int) -> int:
    """A column in UTF-8 bytes; in characters if the excerpt lacks the beginning of the line."""
    if line is None or line.column != 1:
        return column
    return _column(line.text, column)


def _column(line: str, column: int) -> int:
    return len(line[: column - 1].encode("utf-8", "replace")) + 1
