"""What a run prints and writes: one format on standard output, and any number of files."""

import argparse
import os
import sys
from dataclasses import dataclass
from pathlib import Path

from skill_lint.cli.error import UsageError
from skill_lint.cli.parser import LOOSE
from skill_lint.reporters.formats import FOR_PEOPLE, RENDERERS
from skill_lint.text.spelling import did_you_mean


@dataclass(frozen=True)
class OutputOptions:
    """`format` is printed; `files` are written, each with its format."""

    format: str
    files: tuple[tuple[str, Path], ...] = ()
    statistics: bool = False
    quiet: bool = False
    colour: bool = False
    show_suppressed: bool = False
    sarif_category: str = ""
    verbose: bool = False

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
    if given.statistics and given.output_format not in (None, *FOR_PEOPLE):
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
        colour=wants_colour(given.color),
        show_suppressed=given.show_suppressed,
        sarif_category=given.sarif_category,
        verbose=given.verbose,
    )


def wants_colour(choice: str) -> bool:
    if choice != "auto":
        return choice == "always"
    if os.environ.get("NO_COLOR"):
        return False
    return bool(os.environ.get("FORCE_COLOR")) or sys.stdout.isatty()


def _file(word: str) -> tuple[str, Path]:
    name, equals, path = word.partition("=")
    if not equals or not path or name not in RENDERERS:
        known = sorted(RENDERERS)
        hint = did_you_mean(name, known, LOOSE)
        names = ", ".join(known)
        raise UsageError(f"--output takes FORMAT=FILE with one of {names}, not `{word}`{hint}")
    return name, Path(path)
