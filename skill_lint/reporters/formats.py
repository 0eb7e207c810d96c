"""The output formats by name."""

from collections.abc import Callable, Mapping

from skill_lint.diagnostic import Report
from skill_lint.reporters import concise, full, json_report, text
from skill_lint.reporters.style import Style

RENDERERS: Mapping[str, Callable[[Report, Style], str]] = {
    "text": text.render,
    "full": full.render,
    "concise": concise.render,
    "json": json_report.render,
}

FOR_PEOPLE = frozenset({"text", "full", "concise"})
"""Formats after which the summary is printed."""
