"""The report in GitHub's Markdown, for the summary page of a job or for a comment."""

from collections.abc import Iterator, Sequence
from itertools import groupby

from skill_lint.diagnostic import SEVERITIES, Diagnostic
from skill_lint.report import skipped
from skill_lint.report.report import Report
from skill_lint.reporters import gfm
from skill_lint.reporters.look import Look
from skill_lint.text.plural import count

MOST_BYTES = 900_000
"""Size of a report, above which tables are left out: GitHub drops a job summary over 1 MiB."""

_SIGNS = {"error": "🛑", "warning": "⚠️", "info": "ℹ️"}


def render(report: Report, look: Look) -> str:
    head = "".join(f"{line}\n" for line in _head(report))
    size, parts, left = len(head.encode()), [head], 0
    for skill, group in groupby(report.diagnostics, key=lambda diagnostic: diagnostic.skill):
        found = list(group)
        table = "".join(f"{line}\n" for line in _table(skill, found, look))
        size += len(table.encode())
        if size < MOST_BYTES:
            parts.append(table)
        else:
            left += len(found)
    if left:
        parts.append(f"\n{count(left, 'finding')} left out to keep the page short enough.\n")
    return "".join(parts)


def _head(report: Report) -> Iterator[str]:
    counts = [
        f"{_SIGNS[severity]} {count(report.counts[severity], severity)}"
        for severity in SEVERITIES
        if report.counts[severity]
    ]
    yield "## skill-lint"
    yield ""
    linted = f"{count(len(report.linted), 'skill')} linted, {len(report.skipped):,} skipped"
    yield f"{linted}: {', '.join(counts) or 'no findings'}"
    for what, why in skipped.lines(report.skipped):
        yield f"- skipped {gfm.line(what)}: {gfm.line(why)}"
    if report.hidden:
        hidden = count(len(report.hidden), "finding")
        yield f"- {hidden} not shown, because of `min-severity`"
    for note in report.notes:
        yield f"- {gfm.line(note)}"


def _table(skill: str, diagnostics: Sequence[Diagnostic], look: Look) -> Iterator[str]:
    yield f"\n### {gfm.code(skill)}\n"
    yield "| | place | rule | finding |"
    yield "|---|---|---|---|"
    folder = "" if skill == "." else f"{skill}/"
    for each in diagnostics:
        name = f"{each.path.removeprefix(folder)}:{each.region.line}:{each.region.column}"
        place = _linked(gfm.code_cell(name), each, look)
        rule, what = f"[{each.rule}]({each.url})", gfm.cell(each.headline)
        yield f"| {_SIGNS[each.severity]} | {place} | {rule} | {what} |"


def _linked(place: str, diagnostic: Diagnostic, look: Look) -> str:
    """The place as a link to its line at the commit, where there is one."""
    url = look.permalinks.to(diagnostic.path, diagnostic.region) if look.permalinks else ""
    return f"[{place}]({url})" if url else place
