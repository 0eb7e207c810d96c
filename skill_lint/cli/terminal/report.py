"""The report of a run, printed and written."""

import sys
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import NamedTuple

from skill_lint.cli.options.output import OutputOptions
from skill_lint.cli.terminal.statistics import render as render_statistics
from skill_lint.cli.terminal.write import write
from skill_lint.diagnostic import Diagnostic
from skill_lint.filesystem.paths import Root
from skill_lint.filesystem.recorder import Recorder
from skill_lint.report.counts import Totals
from skill_lint.report.report import Report
from skill_lint.reporters.colour import Colour
from skill_lint.reporters.escape import visible
from skill_lint.reporters.footer import footer
from skill_lint.reporters.formats import (
    BY_SKILL,
    FOR_PEOPLE,
    FROM_REPOSITORY,
    RENDERERS,
    texts_by_skill,
)
from skill_lint.reporters.rebase import prefix_of, rebased


class Shown(NamedTuple):
    """What was printed. `by_skill` is the text of each skill that has findings, where the format
    consists of these.

    `is_complete`: every output file was written. `is_silent`: nothing went to standard error, so
    that printing `text` again is enough.
    """

    text: str
    is_complete: bool
    is_silent: bool
    by_skill: dict[str, str] | None = None


class Screen:
    """Shows reports of a run in `root`, which is found in its repository by `recorder`."""

    def __init__(
        self, options: OutputOptions, root: Root, recorder: Recorder, *, show_fixes: bool = False
    ) -> None:
        self.options, self.root, self.recorder = options, root, recorder
        self.show_fixes = show_fixes
        self.colour = Colour(options.colour)

    @property
    def is_by_skill(self) -> bool:
        """Whether what is printed of one skill depends on that skill alone."""
        options = self.options
        more = options.statistics or options.show_suppressed or self.show_fixes
        return options.format in BY_SKILL and not more

    def show(self, report: Report) -> Shown:
        """Print and write a report."""
        report = report._replace(category=self.options.sarif_category)
        saved = [self._save(report, name, path) for name, path in self.options.files]
        failures = [failure for failure in saved if failure]
        by_skill = None
        if self.is_by_skill:
            by_skill = texts_by_skill(report, BY_SKILL[self.options.format], self.colour)
        if by_skill is None:
            text = self._render(report)
        else:
            text = self._with_footer("".join(by_skill.values()), report)
        write(text)
        warnings = [*failures, *self._warnings(report)]
        for each in warnings:
            print(f"skill-lint: {visible(each)}", file=sys.stderr)
        return Shown(text, not failures, not warnings, by_skill)

    def show_parts(self, by_skill: Mapping[str, str], totals: Totals) -> str:
        """Print a report that is put together from the texts of its skills."""
        text = self._with_footer("".join(by_skill.values()), totals)
        write(text)
        return text

    def skill(self, diagnostics: Sequence[Diagnostic]) -> str:
        """What is printed of one skill's findings."""
        return BY_SKILL[self.options.format](diagnostics, self.colour)

    def _render(self, report: Report) -> str:
        name = self.options.format
        if self.options.statistics:
            text = render_statistics(report, self.colour)
        else:
            text = self._format(report, name, self.colour)
        if name not in FOR_PEOPLE:
            return text
        if self.show_fixes:
            # Lazy import: few runs ask for it.
            from skill_lint.reporters import fixes

            text += fixes.render(report)
        return self._with_footer(text, report)

    def _with_footer(self, text: str, report: Report | Totals) -> str:
        """The text of a report for people with its last lines, or without if they are unwanted."""
        if self.options.quiet:
            return text.rstrip("\n") + "\n" if text else ""
        return text + footer(report, self.colour)

    def _format(self, report: Report, name: str, colour: Colour) -> str:
        if name in FROM_REPOSITORY:
            report = rebased(report, prefix_of(self.root, self.recorder))
        return RENDERERS[name](report, colour)

    def _save(self, report: Report, name: str, path: Path) -> str | None:
        """Write one format to a file. Returns what went wrong, if anything did."""
        text = self._format(report, name, Colour())
        if name in FOR_PEOPLE:
            text += footer(report, Colour())
        # Lazy import: most runs write no file.
        from skill_lint.cli.terminal.save import save

        return save(path, text)

    def _warnings(self, report: Report) -> Iterator[str]:
        if not self.options.wants_fingerprints:
            return
        # Lazy import: most runs write no SARIF.
        from skill_lint.reporters.sarif import KEPT_BY_GITHUB as most  # noqa: N811

        if len(report.diagnostics) > most:
            number = len(report.diagnostics)
            yield f"SARIF: GitHub keeps {most:,} of the {number:,} findings, the most severe"


def show_crashes(diagnostics: Sequence[Diagnostic], *, verbose: bool) -> bool:
    """Whether a rule crashed; its traceback is printed if that is wanted."""
    found = [each for each in diagnostics if each.rule == "internal-error"]
    for crash in found if verbose else ():
        print(crash.details, end="", file=sys.stderr)
    return bool(found)
