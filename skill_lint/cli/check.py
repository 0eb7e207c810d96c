"""`skill-lint check`: lint skills and report."""

import argparse
import os
import sys
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from skill_lint.cli import settings
from skill_lint.cli.arguments import Parser
from skill_lint.cli.commands import COMMANDS
from skill_lint.cli.failure import Failure
from skill_lint.cli.hint import preset_hint
from skill_lint.cli.skill_list import render as list_skills
from skill_lint.cli.statistics import render as render_statistics
from skill_lint.config import Config, ConfigError
from skill_lint.diagnostic import SEVERITIES, Report
from skill_lint.discover import (
    Discovery,
    NothingFound,
    SkillRoot,
    discover,
    leave_out,
    owning_skill,
    shown,
)
from skill_lint.reporters import summary
from skill_lint.reporters.formats import FOR_PEOPLE, RENDERERS
from skill_lint.reporters.style import Style
from skill_lint.runner import lint_skills
from skill_lint.skill.tree import is_skill_file
from skill_lint.spelling import nearest


def parser() -> argparse.ArgumentParser:
    parser = Parser(
        prog="skill-lint check",
        description="Lint the skills at or below each PATH; a file stands for the skill it is in.",
        epilog="Exit codes: 0 no finding at or above --fail-on, 1 such findings, 2 wrong usage, "
        "nothing to lint, or internal error.",
    )
    parser.add_argument("paths", nargs="*", metavar="PATH", help="default: the working directory")
    settings.add_options(parser)
    group = parser.add_argument_group("output")
    group.add_argument(
        "--output-format", choices=sorted(RENDERERS), default="text",
        help="text (default): grouped by skill; full: with source lines and remedies",
    )  # fmt: skip
    group.add_argument(
        "--output", metavar="FORMAT=FILE", action="append", default=[],
        help="write this format to a file as well; may be repeated",
    )  # fmt: skip
    group.add_argument("--statistics", action="store_true", help="count the findings of each rule")
    group.add_argument("--quiet", "-q", action="store_true", help="print findings, no summary")
    group.add_argument("--color", choices=["auto", "always", "never"], default="auto")
    group.add_argument("--exit-zero", action="store_true", help="exit 0 even with findings")
    group.add_argument(
        "--verbose", action="store_true", help="show the traceback of a crashed rule"
    )
    group = parser.add_argument_group("input")
    group.add_argument(
        "--list-skills", action="store_true", help="print the skills that were found, and stop"
    )
    group.add_argument(
        "--stdin-filename", metavar="FILE",
        help="with `-` as the PATH: lint the skill that owns FILE, reading FILE from standard "
        "input, and report on FILE alone",
    )  # fmt: skip
    return parser


def run(words: Sequence[str]) -> int:
    options = parser().parse_args(words)
    outputs = [_output(word) for word in options.output]
    from_stdin = options.paths == ["-"]
    if from_stdin != bool(options.stdin_filename):
        raise Failure("`-`, as the only path, and --stdin-filename FILE go together")
    if options.statistics and options.output_format not in FOR_PEOPLE:
        raise Failure("--statistics is a table for people; leave out --output-format")
    paths = [options.stdin_filename] if from_stdin else options.paths or ["."]
    config, chosen = settings.settings(options, paths)
    found = _owner(paths[0], config) if from_stdin else _discover(paths, config)
    if options.list_skills:
        _write(list_skills(found, options.output_format))
        return 0
    report = _lint(found, config, options.stdin_filename)
    if not chosen and (hint := preset_hint(report)):
        report = replace(report, notes=(*report.notes, hint))
    failed = [error for each in outputs if (error := _save(report, *each))]
    _write(_render(report, options))
    for error in failed:
        print(f"skill-lint: {error}", file=sys.stderr)
    crashes = [each for each in report.diagnostics if each.rule == "internal-error"]
    for crash in crashes if options.verbose else ():
        print(crash.details, end="", file=sys.stderr)
    if failed or crashes:
        return 2
    return 0 if options.exit_zero else exit_code(report, config)


def exit_code(report: Report, config: Config) -> int:
    """1 where a diagnostic is at least as severe as the configuration's threshold."""
    if config.threshold == "never":
        return 0
    failing = SEVERITIES[: SEVERITIES.index(config.threshold) + 1]
    return int(any(report.counts[severity] for severity in failing))


def _discover(paths: Sequence[str], config: Config) -> Discovery:
    try:
        return discover(paths, config)
    except ConfigError as error:
        raise Failure(str(error)) from None
    except NothingFound as error:
        guess = nearest(paths[0], COMMANDS) if len(paths) == 1 else None
        hint = f"; did you mean the command `{guess}`?" if guess else ""
        raise Failure(f"{error}{hint}") from None


def _lint(found: Discovery, config: Config, stdin_filename: str | None) -> Report:
    if stdin_filename is None:
        return lint_skills(found, config)
    edited = Path(os.path.abspath(stdin_filename))  # noqa: PTH100
    report = lint_skills(found, config, overlay={edited: sys.stdin.buffer.read()})
    here = [each for each in report.diagnostics if each.path == shown(edited)]
    return replace(report, diagnostics=tuple(here))


def _owner(name: str, config: Config) -> Discovery:
    """The skill of a file that is being edited, and may never have been saved."""
    path = Path(name)
    owner = owning_skill(path)
    if owner is None and is_skill_file(path.name):
        owner = SkillRoot(path.parent, shown(path.parent))
    if owner is None or path.is_dir():
        raise Failure(f"{name}: belongs to no skill: there is no SKILL.md in its folder or above")
    found = Discovery(skills=[owner])
    leave_out(found, config)
    return found


def _output(word: str) -> tuple[str, Path]:
    name, equals, path = word.partition("=")
    if not equals or not path or name not in RENDERERS:
        known = ", ".join(sorted(RENDERERS))
        raise Failure(f"--output takes FORMAT=FILE with one of {known}, not `{word}`")
    return name, Path(path)


def _save(report: Report, name: str, path: Path) -> str | None:
    text = RENDERERS[name](report, Style())
    if name in FOR_PEOPLE:
        text += summary.render(report, Style())
    try:
        path.write_text(text, encoding="utf-8", newline="\n")
    except OSError as error:
        return f"{path}: cannot be written: {(error.strerror or str(error)).lower()}"
    return None


def _render(report: Report, options: argparse.Namespace) -> str:
    style = Style(_color(options.color))
    render = render_statistics if options.statistics else RENDERERS[options.output_format]
    text = render(report, style)
    if options.output_format not in FOR_PEOPLE:
        return text
    if options.quiet:
        return text.rstrip("\n") + "\n" if text else ""
    return text + summary.render(report, style)


def _color(choice: str) -> bool:
    if choice != "auto":
        return choice == "always"
    if os.environ.get("NO_COLOR"):
        return False
    return bool(os.environ.get("FORCE_COLOR")) or sys.stdout.isatty()


def _write(text: str) -> None:
    sys.stdout.buffer.write(text.encode("utf-8", "backslashreplace"))
    sys.stdout.buffer.flush()
