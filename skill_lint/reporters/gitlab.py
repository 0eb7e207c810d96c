"""GitLab's Code Quality report. Source: GitLab's documentation of the format."""

import hashlib
import json
from collections import Counter

from skill_lint.diagnostic import Diagnostic, Region, Severity
from skill_lint.report.report import Report
from skill_lint.reporters.escape import inert_json, visible
from skill_lint.reporters.look import Look

_SEVERITIES: dict[Severity, str] = {"error": "major", "warning": "minor", "info": "info"}


def render(report: Report, look: Look) -> str:
    seen: Counter[str] = Counter()
    issues = []
    for each in report.diagnostics:
        key = f"{each.path}\0{each.rule}\0{each.message}"
        seen[key] += 1
        issues.append(_issue(each, f"{key}\0{seen[key]}"))
    return inert_json(json.dumps(issues, indent=2) + "\n")


def _issue(diagnostic: Diagnostic, key: str) -> dict[str, object]:
    """A finding as an issue. Its fingerprint is unique, and the same after lines moved.

    GitLab shows `location` alone; other readers of Code Climate's format show the other places too.
    """
    issue: dict[str, object] = {
        "check_name": diagnostic.rule,
        "description": visible(diagnostic.headline),
        "severity": _SEVERITIES[diagnostic.severity],
        "fingerprint": hashlib.sha256(key.encode("utf-8", "surrogatepass")).hexdigest(),
        "location": _location(diagnostic.path, diagnostic.region),
    }
    if diagnostic.elsewhere:
        places = [_location(each.path, each.region) for each in diagnostic.elsewhere]
        issue["other_locations"] = places
    return issue


def _location(path: str, region: Region) -> dict[str, object]:
    begin = {"line": region.line, "column": region.column}
    end = {"line": region.end_line, "column": region.end_column}
    return {"path": path, "positions": {"begin": begin, "end": end}}
