"""What a run prints and writes: one format for the person, any number of files."""

import argparse
import os
import posixpath
import sys
from collections.abc import Iterator, Mapping, Sequence
from itertools import groupby
from pathlib import Path
from typing import NamedTuple

from skill_lint.cli.error import UsageError
from skill_lint.cli.terminal.statistics import render as render_statistics
from skill_lint.diagnostic import Diagnostic
from skill_lint.report.counts import Totals
from skill_lint.report.report import Report
from skill_lint.reporters import summary
from skill_lint.reporters.colour import Colour
from skill_lint.reporters.escape import visible
from skill_lint.reporters.formats import FOR_PEOPLE, FROM_REPOSITORY, IN_PARTS, RENDERERS


def add_options(parser: argparse.ArgumentParser) -> None:
    group = parser.add_argument_group("output")
    group.add_argument(
        "--output-format", choices=sorted(RENDERERS), metavar="FORMAT",
        help=f"{', '.join(sorted(RENDERERS))}; default: text, and github under GitHub Actions",
    )  # fmt: skip
    group.add_argument(
        "--output", metavar="FORMAT=FILE", action="append", default=[],
        help="write this format to a file as well; may be repeated",
    )  # fmt: skip
    group.add_argument("--statistics", action="store_true", help="count the findings of each rule")
    group.add_argument("--quiet", "-q", action="store_true", help="print findings, no summary")
    group.add_argument("--color", choices=["auto", "always", "never"], default="auto")
    group.add_argument(
        "--show-suppressed", action="store_true", help="show what comments in the skills allow"
    )
    group.add_argument(
        "--sarif-category", metavar="NAME", default="",
        help="tell several SARIF runs on one commit apart",
    )  # fmt: skip
    group.add_argument(
        "--verbose", action="store_true", help="show the traceback of a crashed rule"
    )


def settle(options: argparse.Namespace) -> None:
    """Check the options, and choose the format where none was given."""
    options.outputs = [_output(word) for word in options.output]
    if options.statistics and options.output_format not in (None, *FOR_PEOPLE):
        raise UsageError("--statistics is a table for people; leave out --output-format")
    if options.output_format is None:
        under_github = os.environ.get("GITHUB_ACTIONS") == "true"
        options.output_format = "github" if under_github else "text"


def wants_fingerprints(options: argparse.Namespace) -> bool:
    formats = [options.output_format, *(name for name, _ in options.outputs)]
    return "sarif" in formats


class Emitted(NamedTuple):
    """What was printed; whether all could be written, and whether nothing else was said.

    `parts` is what was printed of each skill that has findings, where a format consists of that.
    """

    text: str
    is_whole: bool
    is_all: bool
    parts: Mapping[str, str] | None = None


def emit(report: Report, options: argparse.Namespace) -> Emitted:
    """Print and write the report."""
    report = report._replace(category=options.sarif_category)
    if options.show_suppressed:
        everything = sorted(
            (*report.diagnostics, *report.suppressed), key=lambda each: each.sort_key
        )
        report = report._replace(diagnostics=tuple(everything))
    failures = [failure for each in options.outputs if (failure := _save(report, *each))]
    parts = _parts(report, options) if has_parts(options) else None
    text = (
        _render(report, options) if parts is None else end("".join(parts.values()), report, options)
    )
    write(text)
    said = [*failures, *_warnings(report, options)]
    for each in said:
        print(f"skill-lint: {each}", file=sys.stderr)
    return Emitted(text, not failures, not said, parts)


def emit_parts(parts: Mapping[str, str], outline: Totals, options: argparse.Namespace) -> Emitted:
    """Print a report that is put together from its parts."""
    text = end("".join(parts.values()), outline, options)
    write(text)
    return Emitted(text, is_whole=True, is_all=True, parts=parts)


def has_parts(options: argparse.Namespace) -> bool:
    """Whether what is printed of one skill depends on that skill alone."""
    shown = options.statistics or options.show_suppressed or options.show_fixes
    return options.output_format in IN_PARTS and not shown


def part(diagnostics: Sequence[Diagnostic], options: argparse.Namespace) -> str:
    """What is printed of one skill's findings."""
    report = Report(diagnostics=tuple(diagnostics))
    return RENDERERS[options.output_format](report, Colour(_color(options.color)))


def _parts(report: Report, options: argparse.Namespace) -> Mapping[str, str]:
    by_skill = groupby(report.diagnostics, key=lambda each: each.skill)
    return {skill: part(list(group), options) for skill, group in by_skill}


def write(text: str) -> None:
    sys.stdout.buffer.write(text.encode("utf-8", "backslashreplace"))
    sys.stdout.buffer.flush()


def printable(text: str) -> str:
    """A diff as it is, for programs; for a terminal, and for GitHub's log, made harmless."""
    if not sys.stdout.isatty() and os.environ.get("GITHUB_ACTIONS") != "true":
        return text
    return "".join(f"{visible(line)}\n" for line in text.splitlines())


def _output(word: str) -> tuple[str, Path]:
    name, equals, path = word.partition("=")
    if not equals or not path or name not in RENDERERS:
        known = ", ".join(sorted(RENDERERS))
        raise UsageError(f"--output takes FORMAT=FILE with one of {known}, not `{word}`")
    return name, Path(path)


def _render(report: Report, options: argparse.Namespace) -> str:
    name, style = options.output_format, Colour(_color(options.color))
    text = render_statistics(report, style) if options.statistics else _format(report, name, style)
    if name not in FOR_PEOPLE:
        return text
    if options.show_fixes:
        from skill_lint.reporters import fixes

        text += fixes.render(report)
    return end(text, report, options)


def end(text: str, report: Report | Totals, options: argparse.Namespace) -> str:
    """The text of a report for people with its last lines, or without."""
    if options.quiet:
        return text.rstrip("\n") + "\n" if text else ""
    return text + summary.render(report, Colour(_color(options.color)))


def _format(report: Report, name: str, style: Colour) -> str:
    return RENDERERS[name](_rebased(report) if name in FROM_REPOSITORY else report, style)


def _save(report: Report, name: str, path: Path) -> str | None:
    text = _format(report, name, Colour())
    if name in FOR_PEOPLE:
        text += summary.render(report, Colour())
    try:
        path.write_bytes(text.encode("utf-8", "backslashreplace"))
    except OSError as error:
        return f"{path}: cannot be written: {(error.strerror or str(error)).lower()}"
    return None


def _warnings(report: Report, options: argparse.Namespace) -> Iterator[str]:
    if not wants_fingerprints(options):
        return
    from skill_lint.reporters.sarif import KEPT_BY_GITHUB as most  # noqa: N811

    if len(report.diagnostics) > most:
        number = len(report.diagnostics)
        yield f"SARIF: GitHub keeps {most:,} of the {number:,} findings, the most severe"


def _rebased(report: Report) -> Report:
    """The report with paths that count from the repository's root."""
    start = prefix()
    if not start:
        return report
    return report._replace(diagnostics=tuple(_moved(each, start) for each in report.diagnostics))


def _moved(diagnostic: Diagnostic, prefix: str) -> Diagnostic:
    related = [each._replace(path=_join(prefix, each.path)) for each in diagnostic.related]
    path, fix = _join(prefix, diagnostic.path), diagnostic.fix
    if fix:
        edits = [edit._replace(path=_join(prefix, edit.path)) for edit in fix.edits]
        fix = fix._replace(edits=tuple(edits))
    return diagnostic._replace(path=path, related=tuple(related), fix=fix)


def _join(prefix: str, path: str) -> str:
    return posixpath.normpath(posixpath.join(prefix, path))


def prefix() -> str:
    """The working directory, counted from the root of the repository it is in."""
    here = Path.cwd()
    for folder in (here, *here.parents):
        if os.path.lexists(folder / ".git"):
            relative = here.relative_to(folder).as_posix()
            return "" if relative == "." else relative
    return ""


def _color(choice: str) -> bool:
    if choice != "auto":
        return choice == "always"
    if os.environ.get("NO_COLOR"):
        return False
    return bool(os.environ.get("FORCE_COLOR")) or sys.stdout.isatty()


def crashes(diagnostics: Sequence[Diagnostic], *, verbose: bool) -> bool:
    """Whether a rule failed; its traceback is printed if that is wanted."""
    found = [each for each in diagnostics if each.rule == "internal-error"]
    for crash in found if verbose else ():
        print(crash.details, end="", file=sys.stderr)
    return bool(found)
