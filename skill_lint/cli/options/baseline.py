"""The baseline of a run: where it is, and what it takes out of the report."""

import argparse
from pathlib import Path

from skill_lint.cli.error import UsageError
from skill_lint.config.config import Config
from skill_lint.engine.events import stale_entries
from skill_lint.report import baseline
from skill_lint.report.baseline import Baseline, BaselineError
from skill_lint.report.report import Report


def add_options(parser: argparse.ArgumentParser) -> None:
    group = parser.add_argument_group("baseline")
    group.add_argument(
        "--baseline", metavar="FILE",
        help=f"the file of the baseline (default: the nearest {baseline.FILE_NAME} upwards)",
    )  # fmt: skip
    group.add_argument("--no-baseline", action="store_true", help="use no baseline")
    group.add_argument(
        "--show-baselined", action="store_true", help="report what the baseline knows as well"
    )


def load(options: argparse.Namespace) -> Baseline | None:
    if options.no_baseline:
        return None
    file = Path(options.baseline) if options.baseline else baseline.find(Path.cwd())
    try:
        return baseline.read(file) if file else None
    except BaselineError as error:
        raise UsageError(str(error)) from None


def apply(report: Report, known: Baseline, *, show: bool) -> Report:
    """The report without the findings that are known, unless they are to be shown."""
    new, baselined = known.split(report.diagnostics)
    everything = [*new, *(baselined if show else ())]
    return report._replace(
        diagnostics=tuple(sorted(everything, key=lambda each: each.sort_key)),
        baselined=() if show else tuple(baselined),
    )


def with_stale(report: Report, known: Baseline, config: Config) -> Report:
    """The report of whole skills with the baseline's entries that are stale."""
    stale = stale_entries(known.stale(report), config)
    return report._replace(diagnostics=(*stale, *report.diagnostics))
