"""The last lines of a report for people: how much was linted, skipped and found."""

from collections.abc import Iterator

from skill_lint.diagnostic import SEVERITIES
from skill_lint.report import skipped
from skill_lint.report.counts import Totals
from skill_lint.report.report import Report
from skill_lint.reporters.colour import Colour
from skill_lint.reporters.escape import visible
from skill_lint.text.plural import count


def footer(report: Report | Totals, colour: Colour) -> str:
    """The skipped skills with their reasons, the notes, and one line of counts."""
    return "".join(f"{line}\n" for line in _lines(report, colour))


def _lines(report: Report | Totals, colour: Colour) -> Iterator[str]:
    for what, why in skipped.lines(report.skipped):
        yield colour.paint(f"skipped {visible(what)}: {visible(why)}", "dim")
    linted = f"{count(len(report.linted), 'skill')} linted, {len(report.skipped):,} skipped"
    yield f"{linted}: {_found(report, colour)}"
    if fixes := _fixes(report):
        yield "; ".join(fixes)
    for note in report.notes:
        yield colour.paint(f"hint: {visible(note)}", "dim")


def _found(report: Report | Totals, colour: Colour) -> str:
    counts = [
        colour.severity(severity, count(report.counts[severity], severity), "bold")
        for severity in SEVERITIES
        if report.counts[severity]
    ]
    found = ", ".join(counts) or colour.paint("no findings", "green")
    baselined = f" ({len(report.baselined):,} more in the baseline)" if report.baselined else ""
    return found + baselined


def _fixes(report: Report | Totals) -> list[str]:
    """How many findings were fixed, and how many more are fixable."""
    safe, unsafe = report.fixable("safe"), report.fixable("unsafe")
    parts = [f"{len(report.fixed):,} fixed"] if report.fixed else []
    if safe:
        parts.append(f"{safe:,} fixable with --fix")
    if unsafe:
        parts.append(f"{unsafe:,}{' more' if safe else ' fixable'} with --fix --unsafe-fixes")
    return parts
