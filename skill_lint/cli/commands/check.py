"""`skill-lint check`: lint skills and report."""

import argparse
import os
import sys
from collections.abc import Sequence
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from skill_lint.cache import replay
from skill_lint.cli.options import baseline as known
from skill_lint.cli.options import cache as caching
from skill_lint.cli.options import config as settings
from skill_lint.cli.options import fixes as fixing
from skill_lint.cli.options import jobs, output, selection
from skill_lint.cli.parser import Parser
from skill_lint.cli.terminal.progress import Progress
from skill_lint.cli.terminal.skill_list import render as list_skills
from skill_lint.config.config import Config
from skill_lint.diagnostic import SEVERITIES
from skill_lint.discovery.roots import Discovery, shown
from skill_lint.engine.lint import LintResult, lint_discovered
from skill_lint.engine.scheduler import Scheduler
from skill_lint.report.counts import Totals, counts_of
from skill_lint.report.hint import preset_hint
from skill_lint.report.report import Report

if TYPE_CHECKING:
    from skill_lint.cache.replay import Keeping
    from skill_lint.cache.runs import Run
    from skill_lint.filesystem.git_changes import Changes


def parser() -> argparse.ArgumentParser:
    parser = Parser(
        prog="skill-lint check",
        description="Lint the skills at or below each PATH; a file stands for the skill it is in.",
        epilog="Exit codes: 0 no finding at or above --fail-on, 1 such findings, 2 wrong usage, "
        "nothing to lint, or internal error.",
    )
    parser.add_argument("paths", nargs="*", metavar="PATH", help="default: the working directory")
    settings.add_options(parser)
    selection.add_options(parser)
    known.add_options(parser)
    fixing.add_options(parser)
    output.add_options(parser)
    jobs.add_options(parser)
    caching.add_options(parser)
    parser.add_argument("--exit-zero", action="store_true", help="exit 0 even with findings")
    return parser


def run(words: Sequence[str], before: "Run | None" = None) -> int:
    """Lint. `before` is what is kept of such a run, since which little has changed."""
    options = parser().parse_args(words)
    selection.settle(options)
    fixing.settle(options)
    output.settle(options)
    keeping = replay.keeping(words, options)
    config, chosen = settings.settings(options, options.paths)
    if before and keeping:
        code = _again(before, keeping, config, chosen, options)
        if code is not None:
            return code
    baseline, changes = known.load(options), selection.find_changes(options)
    found = selection.select(options, config, changes)
    if options.list_skills:
        output.write(list_skills(found, options.output_format))
        return 0
    if options.owning_skills and not found.skills:
        return 0
    if options.diff:
        return fixing.show_diff(found, config, baseline, options)
    mended = fixing.mend(found, config, baseline, options)
    outcome = _lint(found, config, options, keeping)
    report = outcome.report._replace(fixed=tuple(mended.fixed))
    if baseline:
        stale = report if options.from_stdin else known.with_stale(report, baseline, config)
        report = known.apply(stale, baseline, show=options.show_baselined)
    if options.new_only and changes:
        report = _new_only(report, changes)
    report = report if chosen else _with_hint(report)
    emitted = output.emit(report, options)
    crashed = output.crashes(report.diagnostics, verbose=options.verbose)
    failed = crashed or not emitted.is_whole or mended.unwritten
    code = 0 if options.exit_zero else exit_code(report, config)
    if keeping:
        if not (failed or baseline or replay.depends_on_more(options, found)) and emitted.is_all:
            keeping.keep(_as_run(keeping, found, outcome, emitted, code))
        keeping.close(options)
    return 2 if failed else code


def _again(
    before: "Run", keeping: "Keeping", config: Config, chosen: bool, options: argparse.Namespace
) -> int | None:
    """Lint what has changed since an earlier run alone; None where that is not possible."""
    # Late, for only few runs have another one before.
    from skill_lint.cache.incremental import renewed

    parts = renewed(before, keeping, config, options)
    if parts is None:
        return None
    outline = parts.outline
    if not chosen and (hint := preset_hint(outline.tally, len(outline.linted))):
        outline = outline._replace(notes=(hint,))
    before.text = output.emit_parts(parts.texts, outline, options).text
    before.code = 0 if options.exit_zero else exit_code(outline, config)
    before.parts = parts.as_bytes()
    keeping.keep(before)
    keeping.close(options)
    return before.code


def _as_run(
    keeping: "Keeping", found: Discovery, outcome: LintResult, emitted: output.Emitted, code: int
) -> "Run":
    """A run as it is kept."""
    # Late, for a run without a cache does not need it.
    from skill_lint.cache.incremental import parts_of
    from skill_lint.cache.runs import Run

    keeping.around.add(found.watch)
    run = Run(keeping.around, outcome.inputs, (emitted.text, code), keeping.results.began)
    if emitted.parts is not None:
        run.parts = parts_of(found, outcome, emitted.parts).as_bytes()
    return run


def exit_code(report: Report | Totals, config: Config) -> int:
    """1 where a diagnostic is at least as severe as the configuration's threshold."""
    if config.threshold == "never":
        return 0
    failing = SEVERITIES[: SEVERITIES.index(config.threshold) + 1]
    return int(any(report.counts[severity] for severity in failing))


def _lint(
    found: Discovery, config: Config, options: argparse.Namespace, keeping: "Keeping | None"
) -> LintResult:
    fingerprints = output.wants_fingerprints(options)
    if not options.from_stdin:
        progress = Progress()
        results = keeping.results if keeping else None
        examiner = Scheduler(partial(jobs.executor, options), results, progress)
        try:
            return lint_discovered(found, config, fingerprints=fingerprints, scheduler=examiner)
        finally:
            progress.close()
    edited = Path(os.path.abspath(options.stdin_filename))  # noqa: PTH100
    overlay = {edited: sys.stdin.buffer.read()}
    outcome = lint_discovered(found, config, overlay=overlay, fingerprints=fingerprints)
    here = [each for each in outcome.report.diagnostics if each.path == shown(edited)]
    return outcome._replace(report=outcome.report._replace(diagnostics=tuple(here)))


def _with_hint(report: Report) -> Report:
    hint = preset_hint(counts_of(report.diagnostics), len(report.linted))
    return report._replace(notes=(*report.notes, hint)) if hint else report


def _new_only(report: Report, changes: "Changes") -> Report:
    """The findings on lines that changed; a bug of the linter is always one."""
    return report._replace(
        diagnostics=tuple(
            each
            for each in report.diagnostics
            if each.rule == "internal-error"
            or changes.has_line(Path(os.path.realpath(each.path)), each.region.line)
        ),
    )
