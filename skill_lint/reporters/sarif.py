"""SARIF 2.1.0, for GitHub code scanning and other viewers.

Sources: the OASIS standard, and GitHub's page on SARIF support for code scanning. The report has
every property that GitHub requires, and nothing that makes an upload fail.
"""

import json
import re
from pathlib import PurePath
from typing import Any
from urllib.parse import quote

from skill_lint import __version__
from skill_lint.diagnostic import SEVERITIES, Diagnostic, Fix, Region, Severity
from skill_lint.report.report import Report
from skill_lint.reporters.escape import inert_json, visible
from skill_lint.reporters.look import Look
from skill_lint.rule import ActiveRule
from skill_lint.text.plural import count

HOME = "https://github.com/skill-lint/skill-lint"
SCHEMA = "https://json.schemastore.org/sarif-2.1.0.json"
KEPT_BY_GITHUB = 5_000
"""Results of one run that code scanning keeps."""
MOST_RESULTS = 25_000
"""Results of one run that GitHub accepts; it refuses a file with more."""
MOST_LINKED = 3
"""Related places that a message links; the related locations hold all of them."""

_LEVELS: dict[Severity, str] = {"error": "error", "warning": "warning", "info": "note"}
_PROBLEMS: dict[Severity, str] = {
    "error": "error",
    "warning": "warning",
    "info": "recommendation",
}
_PRECISIONS: dict[Severity, str] = {"error": "very-high", "warning": "high", "info": "medium"}
_BRACKET = re.compile(r"[\[\]]")
_CRASH = "internal-error"


def render(report: Report, look: Look) -> str:
    return inert_json(json.dumps(_log(report), indent=2) + "\n")


def _log(report: Report) -> dict[str, Any]:
    indices = {each.rule.name: index for index, each in enumerate(report.rules)}
    crashes = [each for each in report.diagnostics if each.rule == _CRASH]
    found = [each for each in report.diagnostics if each.rule != _CRASH]
    # The most severe come first, because GitHub drops the results after its limit.
    found.sort(key=lambda each: (SEVERITIES.index(each.severity), each.sort_key))
    run = {
        "tool": {
            "driver": {
                "name": "skill-lint",
                "semanticVersion": __version__,
                "informationUri": HOME,
                "rules": [_rule(each) for each in report.rules],
            }
        },
        "invocations": [
            {
                "executionSuccessful": not crashes,
                "toolExecutionNotifications": [_notification(each) for each in crashes],
            }
        ],
        "originalUriBaseIds": {"%SRCROOT%": {"description": {"text": "The repository's root."}}},
        "columnKind": "unicodeCodePoints",
        "results": [_result(each, indices) for each in found[:MOST_RESULTS]],
    }
    if report.category:
        run["automationDetails"] = {"id": f"{report.category.rstrip('/')}/"}
    return {"$schema": SCHEMA, "version": "2.1.0", "runs": [run]}


def _rule(active: ActiveRule) -> dict[str, Any]:
    rule, severity, why = active.rule, active.severity, _sentence(active.rule.why)
    markdown = (
        f"{why}\n\n**Fix:** {rule.remedy}\n\n"
        f"Bad:\n\n{_code(rule.bad)}\n\nGood:\n\n{_code(rule.good)}\n\n[{rule.name}]({rule.url})\n"
    )
    properties = {
        "tags": ["agent-skills", rule.family],
        "precision": _PRECISIONS[severity],
        "problem.severity": _PROBLEMS[severity],
    }
    if rule.security_severity:
        properties["security-severity"] = rule.security_severity
    return {
        "id": rule.name,
        "name": "".join(word.capitalize() for word in rule.name.split("-")),
        "shortDescription": {"text": rule.summary},
        "fullDescription": {"text": f"{rule.summary} {why}"[:1024]},
        "help": {"text": f"{why} Fix: {rule.remedy} {rule.url}", "markdown": markdown},
        "helpUri": rule.url,
        "defaultConfiguration": {"level": _LEVELS[severity]},
        "properties": properties,
    }


def _sentence(text: str) -> str:
    return text[:1].upper() + text[1:]


def _code(text: str) -> str:
    return "\n".join(f"    {line}".rstrip() for line in text.splitlines())


def _result(diagnostic: Diagnostic, indices: dict[str, int]) -> dict[str, Any]:
    message = _linkless(diagnostic.message)
    for number, related in enumerate(diagnostic.related[:MOST_LINKED], 1):
        message += f" ([{_link_text(related.message)}]({number}))"
    if diagnostic.elsewhere:
        first = len(diagnostic.related) + 1
        message += f" (and [{count(len(diagnostic.elsewhere), 'more place')}]({first}))"
    result: dict[str, Any] = {
        "ruleId": diagnostic.rule,
        "ruleIndex": indices[diagnostic.rule],
        "level": _LEVELS[diagnostic.severity],
        "message": {"text": message},
        "locations": [_with_text(diagnostic)],
    }
    if diagnostic.all_related:
        result["relatedLocations"] = [
            {
                **_location(each.path, each.region),
                "id": number,
                "message": {"text": _linkless(each.message)},
            }
            for number, each in enumerate(diagnostic.all_related, 1)
        ]
    if diagnostic.fingerprint:
        result["partialFingerprints"] = {"primaryLocationLineHash": diagnostic.fingerprint}
    if diagnostic.fix and diagnostic.fix.safety == "safe" and not diagnostic.fix.moves:
        result["fixes"] = [_fix(diagnostic.fix)]
    if diagnostic.suppression is not None:
        result["suppressions"] = [{"kind": "inSource", "justification": diagnostic.suppression}]
    return result


def _linkless(text: str) -> str:
    """A message without a link of its own: SARIF makes one of `[text](address)`."""
    return visible(text).replace("](", "] (")


def _link_text(text: str) -> str:
    return _BRACKET.sub(r"\\\g<0>", _linkless(text))


def _fix(fix: Fix) -> dict[str, Any]:
    """A fix that consists of edits; SARIF cannot express a moved file."""
    changes: dict[str, list[dict[str, Any]]] = {}
    for edit in fix.edits:
        changes.setdefault(edit.path, []).append(
            {"deletedRegion": _region(edit.region), "insertedContent": {"text": edit.text}}
        )
    return {
        "description": {"text": visible(fix.title)},
        "artifactChanges": [
            {"artifactLocation": _artifact(path), "replacements": replacements}
            for path, replacements in changes.items()
        ],
    }


def _one_line(diagnostic: Diagnostic) -> Region:
    """The part of the region on its first line.

    GitHub shows an alert in a pull request only if all its lines are in the diff.
    """
    region = diagnostic.region
    if region.end_line == region.line or diagnostic.excerpt is None:
        return region
    end = diagnostic.excerpt.column + len(diagnostic.excerpt.text)
    return Region(region.line, region.column, region.line, max(end, region.column))


def _with_text(diagnostic: Diagnostic) -> dict[str, Any]:
    """The location with its text and source line, for viewers without the file."""
    region, line = _one_line(diagnostic), diagnostic.excerpt
    location = _location(diagnostic.path, region)
    if line is not None:
        marked = line.text[region.column - line.column : region.end_column - line.column]
        location["physicalLocation"]["region"]["snippet"] = {"text": marked}
        location["physicalLocation"]["contextRegion"] = {
            "startLine": region.line,
            "endLine": region.line,
            "snippet": {"text": line.text},
        }
    return location


def _location(path: str, region: Region) -> dict[str, Any]:
    return {
        "physicalLocation": {
            "artifactLocation": _artifact(path),
            "region": _region(region),
        }
    }


def _artifact(path: str) -> dict[str, str]:
    """Where a file is: as seen from the repository's root; outside of it with a whole URI."""
    if PurePath(path).is_absolute():
        return {"uri": PurePath(path).as_uri()}
    uri = quote(path, errors="surrogateescape")
    # A name may begin with two dots, which must not read as the folder above.
    uri = f"%2E{uri[1:]}" if uri.startswith("..") else uri
    return {"uri": uri, "uriBaseId": "%SRCROOT%"}


def _region(region: Region) -> dict[str, int]:
    return {
        "startLine": region.line,
        "startColumn": region.column,
        "endLine": region.end_line,
        "endColumn": region.end_column,
    }


def _notification(crash: Diagnostic) -> dict[str, Any]:
    return {
        "level": "error",
        "message": {"text": _linkless(crash.message)},
        "locations": [_location(crash.path, crash.region)],
    }
