"""The whole report as JSON, in the form of `schemas/report.schema.json`."""

import json
from typing import Any

from skill_lint import __version__
from skill_lint.diagnostic import Diagnostic, Fix
from skill_lint.report.report import Report
from skill_lint.reporters.escape import inert_json, visible
from skill_lint.reporters.look import Look


def render(report: Report, look: Look) -> str:
    summary = {
        "skills": len(report.linted) + len(report.skipped),
        "linted": len(report.linted),
        "skipped": [{"path": each.path, "reason": visible(each.reason)} for each in report.skipped],
        **{f"{severity}s": number for severity, number in report.counts.items()},
        "hidden": len(report.hidden),
        "fixed": len(report.fixed),
        "fixable": report.fixable("safe"),
        "unsafely_fixable": report.fixable("unsafe"),
    }
    diagnostics = [_diagnostic(diagnostic) for diagnostic in report.diagnostics]
    fixed = [_diagnostic(diagnostic) for diagnostic in report.fixed]
    whole = {
        "version": __version__,
        "summary": summary,
        "skills": [skill._asdict() for skill in report.skills],
        "diagnostics": diagnostics,
        "fixed": fixed,
    }
    return inert_json(json.dumps(whole, indent=2) + "\n")


def _diagnostic(diagnostic: Diagnostic) -> dict[str, Any]:
    return {
        "rule": diagnostic.rule,
        "family": diagnostic.family,
        "severity": diagnostic.severity,
        "message": visible(diagnostic.message),
        "path": diagnostic.path,
        "skill": diagnostic.skill,
        **diagnostic.region._asdict(),
        "url": diagnostic.url,
        "related": [
            {"path": each.path, **each.region._asdict(), "message": visible(each.message)}
            for each in diagnostic.all_related
        ],
        "fix": _fix(diagnostic.fix) if diagnostic.fix else None,
        **_suppression(diagnostic),
    }


def _suppression(diagnostic: Diagnostic) -> dict[str, str]:
    reason = diagnostic.suppression
    return {} if reason is None else {"suppression": visible(reason)}


def _fix(fix: Fix) -> dict[str, Any]:
    return {
        "title": visible(fix.title),
        "safety": fix.safety,
        "edits": [
            {"path": edit.path, **edit.region._asdict(), "text": edit.text} for edit in fix.edits
        ],
        "moves": [move._asdict() for move in fix.moves],
    }
