"""`--fix` and `--diff`: fix the findings, or show what that would change."""

import argparse
from dataclasses import dataclass

from skill_lint.cli.error import UsageError


@dataclass(frozen=True)
class FixOptions:
    """Whether findings are fixed (`fix`), or the fixes are only shown (`diff`)."""

    fix: bool = False
    diff: bool = False
    unsafe: bool = False
    show: bool = False


def add_options(parser: argparse.ArgumentParser) -> None:
    group = add_fix_options(parser, when="with --fix or --diff: ", after="with --fix: ")
    group.add_argument("--fix", action="store_true", help="apply safe fixes, then lint")


def add_fix_options(
    parser: argparse.ArgumentParser, *, when: str = "", after: str = ""
) -> argparse._ArgumentGroup:
    """The options that say how findings are fixed, for a command that always fixes them."""
    group = parser.add_argument_group("fixes")
    group.add_argument(
        "--diff", action="store_true",
        help="print what would change, but write nothing, with --fix or without it; exit 1 if "
        "anything would",
    )  # fmt: skip
    group.add_argument(
        "--unsafe-fixes", action="store_true",
        help=f"{when}also apply fixes that a person should review",
    )  # fmt: skip
    group.add_argument("--show-fixes", action="store_true", help=f"{after}list what was fixed")
    return group


def settle(given: argparse.Namespace, *, always: bool = False) -> FixOptions:
    """`always`: the command fixes findings even without `--fix`."""
    fix = (always or given.fix) and not given.diff
    if given.unsafe_fixes and not (fix or given.diff):
        raise UsageError("--unsafe-fixes goes with --fix or --diff")
    if given.show_fixes and not fix:
        raise UsageError(
            "--diff shows the fixes; leave out --show-fixes"
            if always
            else "--show-fixes goes with --fix"
        )
    if given.diff and (given.output_format or given.output):
        wrong = "--output-format" if given.output_format else "--output"
        raise UsageError(f"--diff prints a diff and nothing else; leave out {wrong}")
    if (fix or given.diff) and getattr(given, "stdin_filename", None):
        raise UsageError("--fix and --diff work on files; editors find each fix in the JSON report")
    if (fix or given.diff) and getattr(given, "new_only", False):
        raise UsageError("--fix and --diff work on whole files; leave out --new-only")
    return FixOptions(fix, given.diff, given.unsafe_fixes, given.show_fixes)
