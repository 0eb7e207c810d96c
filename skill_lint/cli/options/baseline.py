"""The baseline of a run: its file, and whether findings in the baseline are shown."""

import argparse
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from skill_lint.cli.error import UsageError
from skill_lint.config.search import nearest
from skill_lint.filesystem.paths import Root
from skill_lint.filesystem.recorder import Recorder
from skill_lint.report import baseline
from skill_lint.report.baseline import Baseline, BaselineError


@dataclass(frozen=True)
class BaselineOptions:
    file: str | None
    is_off: bool
    is_shown: bool = False


def add_options(parser: argparse.ArgumentParser) -> None:
    group = add_file_options(parser)
    group.add_argument(
        "--show-baselined", action="store_true", help="also report the findings in the baseline"
    )


def add_file_options(parser: argparse.ArgumentParser) -> argparse._ArgumentGroup:
    group = parser.add_argument_group("baseline")
    group.add_argument(
        "--baseline", metavar="FILE",
        help=f"the baseline file (default: {baseline.FILE_NAME} in the working directory or the "
        "nearest folder above it)",
    )  # fmt: skip
    group.add_argument("--no-baseline", action="store_true", help="use no baseline")
    return group


def settle(given: argparse.Namespace) -> BaselineOptions:
    return BaselineOptions(
        given.baseline, given.no_baseline, getattr(given, "show_baselined", False)
    )


def load(options: BaselineOptions, root: Root, recorder: Recorder) -> Baseline | None:
    if options.is_off:
        return None
    if options.file:
        file: Path | None = Path(options.file)
    else:
        file = nearest(root.absolute, partial(baseline.find, recorder=recorder), recorder)
    try:
        return baseline.read(file, root, recorder) if file else None
    except BaselineError as error:
        raise UsageError(str(error)) from None
