"""`skill-lint fix`: mend what can be mended; with `--llm`, ask a model for what needs words."""

import argparse
import os
import sys
from collections.abc import Sequence
from pathlib import Path

from skill_lint.cli.commands import check, models
from skill_lint.cli.error import UsageError

_NO_PART = (
    "diff",
    "list_skills",
    "new_only",
    "statistics",
    "output_format",
    "output",
    "stdin_filename",
)
"""Options of `check` that `--llm` has no use for."""


def run(words: Sequence[str]) -> int:
    options = _parser().parse_args(words)
    if not options.llm:
        if given := [name for name in _LLM if getattr(options, name) is not None]:
            raise UsageError(f"{_option(given[0])} goes with --llm")
        return check.run(words if options.fix or options.diff else ["--fix", *words])
    _settle(options)
    try:
        from skill_lint.cli.commands import fix_llm
    except ImportError as error:
        if error.name and error.name.split(".")[0] in ("openai", "pydantic", "pydantic_core"):
            raise UsageError(models.EXTRA) from None
        raise
    return fix_llm.run(options)


def _parser() -> argparse.ArgumentParser:
    parser = check.parser()
    parser.prog = "skill-lint fix"
    parser.description = (
        "Mend the skills at or below each PATH, as `check --fix` does. With --llm, a model is "
        "asked for what needs words, and what passes the gate is shown; nothing of it is written "
        "without --apply or --interactive. docs/llm.md says what is sent, and what never is."
    )
    parser.epilog = (
        "Exit codes: those of `check` for what is on the disk afterwards; 2 also where a model did "
        "not answer or a file could not be written."
    )
    group = parser.add_argument_group("with a model")
    group.add_argument("--llm", action="store_true", help="ask a model for what no fix can mend")
    group.add_argument(
        "--apply", action="store_true", default=None, help="write what passed the gate"
    )
    group.add_argument(
        "--interactive", action="store_true", default=None, help="ask for each change"
    )
    group.add_argument(
        "--show-prompt", action="store_true", default=None,
        help="print exactly what would be sent first, and send nothing",
    )  # fmt: skip
    group.add_argument(
        "--report", metavar="FILE", default=None, help="write every proposal and verdict as JSON"
    )
    group.add_argument(
        "--max-calls", metavar="N", type=_whole("--max-calls"), default=None,
        help="the most calls of a run (default: 20); kept answers are none",
    )  # fmt: skip
    group.add_argument(
        "--max-tokens", metavar="N", type=_whole("--max-tokens"), default=None,
        help="the most tokens, sent and received",
    )  # fmt: skip
    group.add_argument(
        "--max-cost", metavar="X", type=_cost, default=None,
        help="the most that a run may cost, by the prices of the models' file",
    )  # fmt: skip
    group.add_argument(
        "--allow-dirty", action="store_true", default=None,
        help="write into skills with uncommitted changes as well",
    )  # fmt: skip
    models.add_options(group)
    return parser


_NO_CI = ("", "0", "false")
_LLM = (
    "apply", "interactive", "show_prompt", "report", "max_calls", "max_tokens", "max_cost",
    "allow_dirty", "models",
)  # fmt: skip


def _option(name: str) -> str:
    return f"--{name.replace('_', '-')}"


def _settle(options: argparse.Namespace) -> None:
    """Check the options that go with `--llm`."""
    if given := [name for name in _NO_PART if getattr(options, name)]:
        raise UsageError(f"{_option(given[0])} does not go with --llm")
    if options.apply and options.interactive:
        raise UsageError("--apply writes without asking and --interactive asks; leave one out")
    writes = _option("apply") if options.apply else _option("interactive")
    if (options.apply or options.interactive) and os.environ.get("CI", "").lower() not in _NO_CI:
        raise UsageError(
            f"{writes} is not for CI (`CI` is set): what a model writes, a person reads first; "
            "without it, the changes are shown"
        )
    if options.interactive and not (sys.stdin.isatty() and sys.stdout.isatty()):
        raise UsageError("--interactive asks a person, and this is no terminal")
    if options.show_prompt and (options.apply or options.interactive):
        raise UsageError("--show-prompt sends and writes nothing; leave out the other")
    if options.report and not Path(options.report).absolute().parent.is_dir():
        raise UsageError(f"{options.report}: its folder does not exist")


def _whole(option: str) -> "type[int]":
    def number(word: str) -> int:
        if not word.isdecimal() or int(word) < 1:
            raise UsageError(f"{option} takes a number from 1 on, not `{word}`")
        return int(word)

    return number  # type: ignore[return-value]


def _cost(word: str) -> float:
    try:
        cost = float(word)
    except ValueError:
        cost = -1.0
    if not 0 < cost < float("inf"):
        raise UsageError(f"--max-cost takes a number over 0, not `{word}`")
    return cost
