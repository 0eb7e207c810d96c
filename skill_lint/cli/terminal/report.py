"""The report of a run, printed and written."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import partial
from pathlib import Path
from typing import NamedTuple

from skill_lint.cli.options.output import OutputOptions
from skill_lint.cli.terminal.statistics import render as render_statistics
from skill_lint.cli.terminal.write import say, warn, write
from skill_lint.config.config import Config
from skill_lint.diagnostic import SEVERITIES, Diagnostic, Severity
from skill_lint.filesystem.paths import Root
from skill_lint.filesystem.recorder import Recorder
from skill_lint.report.counts import Totals
from skill_lint.report.report import Report
from skill_lint.reporters.footer import footer
from skill_lint.reporters.formats import (
    BY_SKILL,
    FROM_REPOSITORY,
    JOINERS,
    RENDERERS,
    WITH_FOOTER,
    texts_by_skill,
)
from skill_lint.reporters.look import USUAL, Look
from skill_lint.reporters.rebase import rebased


class Shown(NamedTuple):
    """What was printed. `by_skill` is the part of each skill that has findings, where the format
    is made of these.

    `is_complete`: every output file was written. `is_silent`: nothing went to standard error, so
    that printing `text` again is enough.
    """

    text: str
    is_complete: bool
    is_silent: bool
    by_skill: dict[str, str] | None = None


class Screen:
    """Shows reports of a run in `root`, which is found in its repository by `recorder`.

    `config` is the run's.
    """

    def __init__(
        self,
        options: OutputOptions,
        config: Config,
        root: Root,
        recorder: Recorder,
        *,
        look: Look,
        show_fixes: bool = False,
    ) -> None:
        self.options, self.config, self.root, self.recorder = options, config, root, recorder
        self.show_fixes = show_fixes
        self.look = look

    def leave_room(self, lines: int) -> None:
        """Let an overview be shorter by the number of lines that follow the report."""
        self.look = self.look._replace(rows=self.look.rows - lines)

    @property
    def is_by_skill(self) -> bool:
        """Whether what is printed consists of parts, each of which depends on one skill alone."""
        options = self.options
        more = options.statistics or options.show_suppressed or self.show_fixes
        return options.format in BY_SKILL and not more

    @property
    def least(self) -> Severity:
        """The least severe findings that are printed."""
        if self.options.statistics:
            return self.options.least or "info"
        return self.options.shown_from(self.options.format, self.config)

    def show(self, report: Report) -> Shown:
        """Print and write a report."""
        report = report._replace(category=self.options.sarif_category)
        saved = [self._save(report, name, path) for name, path in self.options.files]
        failures = [failure for failure in saved if failure]
        by_skill = None
        if self.is_by_skill:
            render = BY_SKILL[self.options.format]
            by_skill = texts_by_skill(report.at_least(self.least), render, self.look)
            text = self._joined(by_skill, report)
        else:
            text = self._render(report)
        write(text)
        warnings = [*failures, *self._warnings(report)]
        for each in warnings:
            warn(each)
        return Shown(text, not failures, not warnings, by_skill)

    def show_parts(self, by_skill: Mapping[str, str], totals: Totals) -> str:
        """Print a report that is put together from the parts of its skills."""
        text = self._joined(by_skill, totals)
        write(text)
        return text

    def skill(self, diagnostics: Sequence[Diagnostic]) -> str:
        """The part of a report that is about one skill with these findings; empty for none."""
        shown = SEVERITIES[: SEVERITIES.index(self.least) + 1]
        found = [each for each in diagnostics if each.severity in shown]
        return BY_SKILL[self.options.format](found, self.look) if found else ""

    def _joined(self, by_skill: Mapping[str, str], report: Report | Totals) -> str:
        join = JOINERS[self.options.format]
        return self._with_footer(lambda look: join(by_skill.values(), report.copies, look), report)

    def _render(self, report: Report) -> str:
        name, shown = self.options.format, report.at_least(self.least)
        if name not in WITH_FOOTER:
            return self._format(shown, name, self.look)
        return self._with_footer(lambda look: self._for_people(shown, look), report)

    def _for_people(self, report: Report, look: Look) -> str:
        if self.options.statistics:
            text = render_statistics(report, look)
        else:
            text = self._format(report, self.options.format, look)
        if self.show_fixes:
            # Lazy import: few runs ask for it.
            from skill_lint.reporters import fixes

            text += fixes.render(report)
        return text

    def _with_footer(self, body: Callable[[Look], str], report: Report | Totals) -> str:
        """A report for people with its last lines, or without if they are unwanted."""
        if self.options.quiet:
            text = body(self.look)
            return text.rstrip("\n") + "\n" if text else ""
        return _with_footer(body, report, self.look, self.least)

    def _format(self, report: Report, name: str, look: Look) -> str:
        if name in FROM_REPOSITORY:
            report = rebased(report, self.root, self.recorder)
        if name == "markdown":
            look = self._with_permalinks(look)
        return RENDERERS[name](report, look)

    def _with_permalinks(self, look: Look) -> Look:
        # Lazy import: few runs write Markdown.
        from skill_lint.cli.options.commit_url import commit_url
        from skill_lint.reporters.permalink import Permalinks
        from skill_lint.reporters.rebase import prefix_of

        url = commit_url()
        folder = prefix_of(self.root, self.recorder) if url else ""
        return look._replace(permalinks=Permalinks(url, folder) if url else None)

    def _save(self, report: Report, name: str, path: Path) -> str | None:
        """Write one format to a file. Returns what went wrong, if anything did."""
        least = self.options.shown_from(name, self.config)
        shown = report.at_least(least)
        # As in any file, whatever the terminal is like.
        look = self.look._replace(color=False, links=False, columns=USUAL)
        if name in WITH_FOOTER:
            text = _with_footer(partial(self._format, shown, name), report, look, least)
        else:
            text = self._format(shown, name, look)
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


def _with_footer(
    body: Callable[[Look], str], report: Report | Totals, look: Look, least: Severity
) -> str:
    """A report and its last lines, for which an overview leaves room."""
    last = footer(report, look, least)
    return body(look._replace(rows=look.rows - last.count("\n"))) + last


def show_crashes(diagnostics: Sequence[Diagnostic], *, verbose: bool) -> bool:
    """Whether a rule crashed; its traceback is printed if that is wanted."""
    found = [each for each in diagnostics if each.rule == "internal-error"]
    for crash in found if verbose else ():
        say(*crash.details.splitlines())
    return bool(found)
