"""The whole report as JSON, as `schemas/report.schema.json` describes it."""

import json
from typing import Any

from skill_lint import __version__
from skill_lint.diagnostic import Diagnostic, Report
from skill_lint.reporters.escape import inert_json
from skill_lint.reporters.style import Style


def render(report: Report, style: Style) -> str:
    summary = {
        "skills": len(report.linted) + len(report.skipped),
        "linted": len(report.linted),
        "skipped": [{"path": each.path, "reason": each.reason} for each in report.skipped],
        **{f"{severity}s": number for severity, number in report.counts.items()},
    }
    diagnostics = [_diagnostic(diagnostic) for diagnostic in report.diagnostics]
    whole = {"version": __version__, "summary": summary, "diagnostics": diagnostics}
    return inert_json(json.dumps(whole, indent=2) + "\n")


def _diagnostic(diagnostic: Diagnostic) -> dict[str, Any]:
    return {
        "rule": diagnostic.rule,
        "family": diagnostic.family,
        "severity": diagnostic.severity,
        "message": diagnostic.message,
        "path": diagnostic.path,
        "skill": diagnostic.skill,
        **diagnostic.region._asdict(),
        "url": diagnostic.url,
        "related": [
            {"path": each.path, **each.region._asdict(), "message": each.message}
            for each in diagnostic.related
        ],
        "fix": None,
    }
