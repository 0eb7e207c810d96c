"""`skill-lint check`: lint skills and report."""

import argparse
import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import closing
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from skill_lint.cache.session import Printed, Session
from skill_lint.cli.error import UsageError
from skill_lint.cli.options import baseline, cache, config, fixes, jobs, output, selection, trust
from skill_lint.cli.parser import Parser
from skill_lint.cli.terminal.progress import Progress
from skill_lint.cli.terminal.report import Screen, Shown, show_crashes
from skill_lint.cli.terminal.skill_list import render as list_skills
from skill_lint.cli.terminal.write import write
from skill_lint.config.config import Config
from skill_lint.discovery.owners import without_submodules
from skill_lint.discovery.roots import Discovery
from skill_lint.engine import postprocess
from skill_lint.engine.lint import LintResult, lint_discovered
from skill_lint.engine.postprocess import Step, postprocessed
from skill_lint.engine.scheduler import Scheduler
from skill_lint.filesystem.paths import Root
from skill_lint.filesystem.recorder import Recorder
from skill_lint.report.baseline import Baseline
from skill_lint.report.counts import Totals
from skill_lint.report.hint import preset_hint
from skill_lint.report.report import Report
from skill_lint.reporters.formats import WITH_FOOTER
from skill_lint.reporters.look import Look

if TYPE_CHECKING:
    from skill_lint.cache.report_parts import ReportParts
    from skill_lint.filesystem.git_changes import Changes
    from skill_lint.filesystem.revision import AtRevision
    from skill_lint.fixing.write_all import Written


Ending = Callable[[Discovery, Report, Config], str]

_BY_SKILL = {postprocess.with_one_per_cause, postprocess.with_hint}
"""Steps that change what is shown of a skill by its own findings alone."""


@dataclass(frozen=True)
class CheckOptions:
    """All options of a run from the command line."""

    config: config.ConfigOptions
    selection: selection.Selection
    baseline: baseline.BaselineOptions
    fixes: fixes.FixOptions
    output: output.OutputOptions
    jobs: jobs.JobsOptions
    trust: trust.TrustOptions
    exit_zero: bool = False


def parser(
    name: str = "check",
    description: str = "Lint the skills at or below each PATH; a file stands for the skill it is "
    "in.",
) -> argparse.ArgumentParser:
    parser = Parser(
        prog=f"skill-lint {name}",
        description=description,
        epilog="Exit codes: 0 no finding at or above --fail-on, 1 such findings, 2 wrong usage, "
        "nothing to lint at a PATH, or a failure of skill-lint itself. docs/usage.md has a table "
        "of what happens if there is nothing to lint.",
    )
    parser.add_argument("paths", nargs="*", metavar="PATH", help="default: the working directory")
    config.add_options(parser)
    selection.add_options(parser)
    baseline.add_options(parser)
    trust.add_options(parser)
    fixes.add_options(parser)
    output.add_options(parser)
    jobs.add_options(parser)
    cache.add_options(parser)
    parser.add_argument("--exit-zero", action="store_true", help="exit 0 even with findings")
    return parser


def settle(given: argparse.Namespace) -> CheckOptions:
    return CheckOptions(
        selection=selection.settle(given),
        fixes=fixes.settle(given),
        output=output.settle(given),
        config=config.settle(given),
        baseline=baseline.settle(given),
        jobs=jobs.settle(given),
        exit_zero=given.exit_zero,
        trust=trust.settle(given),
    )


def run(words: Sequence[str], session: Session, root: Root) -> int:
    return lint(settle(parser().parse_args(words)), session, root)


def lint(options: CheckOptions, session: Session, root: Root, ending: Ending | None = None) -> int:
    """Lint, and fix what the options ask for. Returns the exit code.

    `ending` is what a report for people has behind its last lines.
    """
    return _Run(options, session, root, ending).run()


class _Run:
    """One run of `check`, in the order in which it happens."""

    def __init__(
        self, options: CheckOptions, session: Session, root: Root, ending: Ending | None
    ) -> None:
        self.options, self.root, self.ending = options, root, ending
        is_uncached = (
            options.selection.edited
            or options.selection.list_skills
            or options.fixes.diff
            or options.trust.revision
        )
        self.session = Session() if is_uncached else session
        self.base = trust.reader(options.trust, root)
        self.recorder = Recorder(
            is_recording=self.session.results is not None,
            is_new=self.base.adds if self.base else None,
        )

    def run(self) -> int:
        options, root, recorder = self.options, self.root, self.recorder
        self.config, self.is_chosen = config.run_config(
            options.config, options.selection.paths, root, self.base or recorder
        )
        self.screen = Screen(
            options.output, self.config, root, recorder,
            look=_again(options, options.output.look), show_fixes=options.fixes.show,
        )  # fmt: skip
        if (parts := self._updated()) and (code := self._show_updated(parts)) is not None:
            return code
        accepted = baseline.load(options.baseline, root, self.base or recorder)
        changes = selection.find_changes(options.selection, root, recorder)
        found = selection.select(options.selection, self.config, changes, root, recorder)
        if options.selection.list_skills:
            write(list_skills(found, options.output.format))
            return 0
        if self._is_no_matter(found):
            return 0
        if options.fixes.diff:
            return self._show_diff(found, accepted)
        written = self._fix(found, accepted)
        result = self._lint(found)
        steps = tuple(self._steps(found, written, accepted, changes))
        report = postprocessed(result.report, steps)
        ending = ""
        if self.ending and options.output.format in WITH_FOOTER:
            ending = self.ending(found, report, self.config)
        self.screen.leave_room(ending.count("\n"))
        shown, code = self._show(report, written)
        if ending:
            write(ending)
        # What leads out may change without a trace, and is repaired soon.
        keeps = accepted is None and not found.led_out
        if shown and keeps and self._is_repeatable(shown):
            # The lines of one skill can be reused only if no step changes its findings.
            is_by_skill = set(steps) <= _BY_SKILL
            printed = Printed(shown.text, code, shown.by_skill if is_by_skill else None)
            self.session.save(found, recorder.snapshot, result, printed)
        return code

    def _is_no_matter(self, found: Discovery) -> bool:
        """Whether a hook has named files of no skill, and nobody waits for an empty report."""
        output = self.options.output
        anything = found.skills or found.led_out or found.skipped
        wants_report = output.files or output.format not in WITH_FOOTER
        return self.options.selection.owning_skills and not (anything or wants_report)

    def _steps(
        self,
        found: Discovery,
        written: "Written | None",
        accepted: Baseline | None,
        changes: "Changes | None",
    ) -> Iterator[Step]:
        """The steps between the rules' report and the one that is shown."""
        edited = self.options.selection.edited
        if self.base:
            yield self._trusting(found, self.base)
        if edited:
            yield postprocess.only_in(self.root.shown(edited))
        if written:
            yield postprocess.with_fixed(written.fixed)
        if accepted:
            if not edited:
                yield postprocess.with_stale_entries(accepted, self.config)
            yield postprocess.without_baselined(accepted, show=self.options.baseline.is_shown)
        if changes and self.options.selection.new_only:
            yield postprocess.on_changed_lines(changes, self.root)
        if self.options.output.show_suppressed:
            yield postprocess.with_suppressed
        yield postprocess.with_one_per_cause
        if not self.is_chosen:
            yield postprocess.with_hint

    def _trusting(self, found: Discovery, base: "AtRevision") -> Step:
        """The step that undoes what the working tree adds to silence findings."""
        # Lazy import: few runs judge the change of somebody else.
        from skill_lint.engine.trust import added
        from skill_lint.filesystem.git import GitError

        given = (self.options.config.file.config, self.options.baseline.file)
        try:
            settings = trust.edited_settings(base, tuple(filter(None, given)), self.root)
            change = added(found.skills, tuple(settings), base, self.root)
        except GitError as error:
            raise UsageError(
                f"--trusted-config: git does not answer: {error.reason}; if this is a partial "
                "clone, fetch the rest (actions/checkout: without `filter`)"
            ) from None
        return postprocess.without_added_silence(change, self.options.trust.severity)

    def _updated(self) -> "ReportParts | None":
        """An earlier run's report, brought up to date; None if an ordinary run is needed."""
        with closing(Progress()) as progress:
            return self.session.updated(
                self.config, self.recorder.snapshot, self._scheduler(progress), self.screen.skill
            )

    def _show_updated(self, parts: "ReportParts") -> int | None:
        """Show an earlier run's report, brought up to date. None if its texts are not ours."""
        totals = parts.totals
        hint = None if self.is_chosen else preset_hint(totals.counted)
        notes = (*totals.notes, hint) if hint else totals.notes
        totals = totals._replace(notes=notes, rules=self.config.active)
        try:
            text = self.screen.show_parts(parts.texts, totals)
        except ValueError:
            return None
        code = self._code(totals)
        self.session.save_updated(Printed(text, code))
        return code

    def _fix(self, found: Discovery, accepted: Baseline | None) -> "Written | None":
        if not self.options.fixes.fix:
            return None
        # Lazy import: most runs fix nothing.
        from skill_lint.cli.terminal.fixes import show_problems
        from skill_lint.fixing.eligible import eligible
        from skill_lint.fixing.write_all import write_all

        if self.options.selection.owning_skills:
            found = without_submodules(found, self.root)
        chosen = eligible(accepted, unsafe=self.options.fixes.unsafe)
        written = write_all(found, self.config, chosen)
        show_problems(written.refused, written.unwritten)
        return written

    def _show_diff(self, found: Discovery, accepted: Baseline | None) -> int:
        """Print what would be fixed. Returns 1 if anything would, else 0."""
        # Lazy import: most runs fix nothing.
        from skill_lint.cli.terminal.fixes import show_diff, show_total
        from skill_lint.engine.causes import one_per_cause
        from skill_lint.fixing.eligible import eligible
        from skill_lint.fixing.loop import fix_all
        from skill_lint.reporters.rebase import prefix_of

        findings = skills = 0
        prefix = prefix_of(self.root, self.recorder)
        chosen = eligible(accepted, unsafe=self.options.fixes.unsafe)
        for result in fix_all(found, self.config, chosen):
            show_diff(result, prefix)
            findings += len(one_per_cause(result.fixed))
            skills += bool(result.fixed)
        if not self.options.output.quiet:
            show_total(findings, skills)
        return int(findings > 0)

    def _lint(self, found: Discovery) -> LintResult:
        overlay = None
        if edited := self.options.selection.edited:
            overlay = {Path(self.root.absolute_of(edited)): sys.stdin.buffer.read()}
        with closing(Progress()) as progress:
            return lint_discovered(
                found,
                self.config,
                root=self.root,
                overlay=overlay,
                fingerprints=self.options.output.wants_fingerprints,
                scheduler=Scheduler() if overlay else self._scheduler(progress),
            )

    def _scheduler(self, progress: Progress) -> Scheduler:
        spread = partial(jobs.executor, self.options.jobs)
        return Scheduler(spread, self.session.results, progress)

    def _show(self, report: Report, written: "Written | None") -> tuple[Shown | None, int]:
        """Show the report. Returns what was shown, None if something failed, and the exit code."""
        shown = self.screen.show(report)
        crashed = show_crashes(report.diagnostics, verbose=self.options.output.verbose)
        unwritten = written is not None and bool(written.unwritten)
        if crashed or unwritten or not shown.is_complete:
            return None, 2
        return shown, self._code(report)

    def _is_repeatable(self, shown: Shown) -> bool:
        """Whether printing the same text is all that a repeated run would do."""
        options = self.options
        does_more = options.fixes.fix or options.output.files or options.selection.owning_skills
        return shown.is_silent and not does_more

    def _code(self, report: Report | Totals) -> int:
        return 0 if self.options.exit_zero else exit_code(report, self.config)


def _again(options: CheckOptions, look: Look) -> Look:
    """The look with the paths and options that choose the same skills and rules again."""
    chosen, rules = options.selection, options.config
    is_few = not (chosen.edited or chosen.owning_skills)
    choices = {
        "--changed-since": chosen.changed_since,
        "--preset": rules.preset,
        "--config": rules.file.config,
    }
    given = [word for name, value in choices.items() if value for word in (name, value)]
    return look._replace(
        paths=tuple(path for path in chosen.paths if path != ".") if is_few else (),
        options=(*given, *(["--isolated"] if rules.file.isolated else [])),
    )


def exit_code(report: Report | Totals, config: Config) -> int:
    """1 if a diagnostic is at least as severe as the configuration's threshold, else 0."""
    return int(any(report.counts[severity] for severity in config.failing))
