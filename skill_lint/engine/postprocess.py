"""The steps from the rules' report to the one that is shown: `Report -> Report`, in order."""

from collections.abc import Callable, Iterable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from skill_lint.config.config import ALWAYS, Config
from skill_lint.diagnostic import Diagnostic, Severity
from skill_lint.engine.causes import one_per_cause
from skill_lint.engine.events import stale_entries
from skill_lint.filesystem.paths import Root
from skill_lint.report.baseline import Baseline
from skill_lint.report.counts import counts_of
from skill_lint.report.hint import preset_hint
from skill_lint.report.report import Report

if TYPE_CHECKING:
    from skill_lint.engine.trust import Added
    from skill_lint.filesystem.git_changes import Changes

Step = Callable[[Report], Report]


def postprocessed(report: Report, steps: Iterable[Step]) -> Report:
    """The report after all steps, in order."""
    for step in steps:
        report = step(report)
    return report


def with_fixed(fixed: Sequence[Diagnostic]) -> Step:
    """Note which findings this run has fixed."""
    return lambda report: report._replace(fixed=tuple(fixed))


def only_in(path: str) -> Step:
    """Keep the findings of one file."""
    return lambda report: report._replace(
        diagnostics=tuple(each for each in report.diagnostics if each.path == path)
    )


def with_stale_entries(baseline: Baseline, config: Config) -> Step:
    """Report the entries of the baseline that match no finding any more."""

    def step(report: Report) -> Report:
        stale = stale_entries(baseline.stale(report), config)
        return report._replace(diagnostics=(*stale, *report.diagnostics))

    return step


def without_baselined(baseline: Baseline, *, show: bool) -> Step:
    """Remove the findings that are in the baseline, unless `show` is set.

    What was not checked or not shown stays: the baseline cannot have known what it is.
    """

    def step(report: Report) -> Report:
        always = [each for each in report.diagnostics if each.rule in ALWAYS]
        rest = [each for each in report.diagnostics if each.rule not in ALWAYS]
        new, baselined = baseline.split(rest)
        everything = [*always, *new, *(baselined if show else ())]
        return report._replace(
            diagnostics=tuple(sorted(everything, key=lambda each: each.sort_key)),
            baselined=() if show else tuple(baselined),
        )

    return step


def on_changed_lines(changes: "Changes", root: Root) -> Step:
    """Keep the findings on changed lines, and those about files and folders that changed.

    What was not checked is always kept.
    """

    def is_new(each: Diagnostic) -> bool:
        path = Path(root.absolute_of(each.path))
        if each.rule == "too-many-findings":
            return changes.touches(path)
        if each.rule in ALWAYS or changes.has_line(path, each.region.line):
            return True
        return bool(each.about) and changes.touches(Path(root.absolute_of(each.about)))

    return lambda report: report._replace(diagnostics=tuple(filter(is_new, report.diagnostics)))


def without_added_silence(change: "Added", severity: Severity) -> Step:
    """Undo what a change adds that silences findings, and report it."""
    # Lazy import: few runs judge the change of somebody else.
    from skill_lint.engine.trust import without_silence

    return lambda report: without_silence(report, change, severity)


def with_suppressed(report: Report) -> Report:
    """Show the suppressed findings among the others."""
    everything = sorted((*report.diagnostics, *report.suppressed), key=lambda each: each.sort_key)
    return report._replace(diagnostics=tuple(everything))


def with_one_per_cause(report: Report) -> Report:
    """Make one finding of those with one cause in one file. The steps before judge each place."""
    return report._replace(
        diagnostics=tuple(one_per_cause(report.diagnostics)),
        fixed=tuple(one_per_cause(report.fixed)),
        baselined=tuple(one_per_cause(report.baselined)),
    )


def with_hint(report: Report) -> Report:
    """Add the hint about presets, if it applies."""
    hint = preset_hint(counts_of(report.diagnostics))
    return report._replace(notes=(*report.notes, hint)) if hint else report
