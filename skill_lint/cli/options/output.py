"""What a run prints and writes: one format on standard output, and any number of files."""

import argparse
import os
from dataclasses import dataclass, field
from pathlib import Path

from skill_lint.cli.error import UsageError
from skill_lint.cli.options.appearance import columns, wants_colour, wants_links
from skill_lint.cli.parser import LOOSE
from skill_lint.config.config import Config
from skill_lint.diagnostic import SEVERITIES, Severity
from skill_lint.reporters.formats import FOR_PEOPLE, RENDERERS, WITH_FOOTER
from skill_lint.reporters.look import Look
from skill_lint.text.spelling import did_you_mean


@dataclass(frozen=True)
class OutputOptions:
    """`format` is printed; `files` are written, each with its format."""

    format: str
    files: tuple[tuple[str, Path], ...] = ()
    statistics: bool = False
    quiet: bool = False
    look: Look = field(default_factory=Look)
    least: Severity | None = None
    """The least severe findings to show; None if the command line does not say."""
    show_suppressed: bool = False
    sarif_category: str = ""
    verbose: bool = False

    def shown_from(self, name: str, config: Config) -> Severity:
        """The least severe findings that a format shows.

        If nobody says, those are warnings in a format for people, and whatever fails the run.
        """
        if given := self.least or config.shown_from:
            return given
        fails_at_info = config.threshold == "info"
        return "info" if name not in FOR_PEOPLE or fails_at_info else "warning"

    @property
    def wants_fingerprints(self) -> bool:
        """Whether one of the formats has the hashes of lines."""
        return "sarif" in (self.format, *(name for name, _ in self.files))


def add_options(parser: argparse.ArgumentParser) -> None:
    group = parser.add_argument_group("output")
    group.add_argument(
        "--output-format", choices=sorted(RENDERERS), metavar="FORMAT",
        help=f"{', '.join(sorted(RENDERERS))}; default: text, and github under GitHub Actions",
    )  # fmt: skip
    group.add_argument(
        "--output", metavar="FORMAT=FILE", action="append", default=[],
        help="also write this format to a file; may be repeated",
    )  # fmt: skip
    group.add_argument(
        "--min-severity", choices=SEVERITIES, metavar="LEVEL",
        help="show findings from this severity on: error, warning or info; those below are counted "
        "(default: warning in the formats for people, info in the others)",
    )  # fmt: skip
    group.add_argument(
        "--all", action="store_true",
        help="text: each finding by itself, and no overview, however many there are",
    )  # fmt: skip
    group.add_argument(
        "--statistics",
        action="store_true",
        help="print the number of findings of each rule, and not the findings",
    )
    group.add_argument(
        "--quiet",
        "-q",
        action="store_true",
        help="leave out the last lines, which sum up the findings",
    )
    group.add_argument(
        "--color", choices=["auto", "always", "never"], default="auto", metavar="WHEN",
        help="auto, always or never; default: auto, which is on a terminal only",
    )  # fmt: skip
    group.add_argument(
        "--show-suppressed", action="store_true",
        help="also show the findings that comments in the skills suppress",
    )  # fmt: skip
    group.add_argument(
        "--sarif-category", metavar="NAME", default="",
        help="a name that distinguishes several SARIF reports of one commit",
    )  # fmt: skip
    group.add_argument(
        "--verbose", action="store_true", help="show the traceback of a crashed rule"
    )


def settle(given: argparse.Namespace) -> OutputOptions:
    """The options; without `--output-format`, the format is chosen by the environment."""
    if given.statistics and given.output_format not in (None, *WITH_FOOTER):
        raise UsageError("--statistics is a table for people; leave out --output-format")
    under_github = os.environ.get("GITHUB_ACTIONS") == "true"
    files = tuple(_file(word) for word in given.output)
    if len(files) > 1:
        # Lazy import: few runs write several files.
        from skill_lint.cli.terminal.save import refuse_same

        refuse_same(path for _, path in files)
    return OutputOptions(
        format=given.output_format or ("github" if under_github else "text"),
        files=files,
        statistics=given.statistics,
        quiet=given.quiet,
        look=Look(wants_colour(given.color), wants_links(given.color), columns(), is_all=given.all),
        least=given.min_severity,
        show_suppressed=given.show_suppressed,
        sarif_category=given.sarif_category,
        verbose=given.verbose,
    )


def _file(word: str) -> tuple[str, Path]:
    name, equals, path = word.partition("=")
    if not equals or not path or name not in RENDERERS:
        known = sorted(RENDERERS)
        hint = did_you_mean(name, known, LOOSE)
        names = ", ".join(known)
        raise UsageError(f"--output takes FORMAT=FILE with one of {names}, not `{word}`{hint}")
    return name, Path(path)
