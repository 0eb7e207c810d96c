"""`skill-lint fix`: fix what can be fixed; with `--llm`, ask a model for the rest."""

import argparse
import sys
from collections.abc import Callable, Sequence
from pathlib import Path

from skill_lint.cache.session import Session
from skill_lint.cli.commands import check
from skill_lint.cli.error import UsageError
from skill_lint.cli.options import (
    baseline,
    cache,
    config,
    fixes,
    jobs,
    models,
    output,
    selection,
    trust,
)
from skill_lint.cli.options.appearance import ci_variable
from skill_lint.cli.parser import Parser
from skill_lint.filesystem.paths import Root

_AddOptions = Callable[[argparse.ArgumentParser], object]
_EITHER_WAY = ("unsafe_fixes", "color")
"""Options that mean the same with and without `--llm`."""


def run(words: Sequence[str], session: Session, root: Root) -> int:
    given = _parser().parse_args(words)
    if not given.llm:
        _refuse(given, _WITH_MODEL, "goes with --llm")
        return check.lint(_settle(given), session, root)
    _check(given)
    if not given.show_prompt:
        models.require_extra()
    # Lazy import: the model step takes long to import, and few runs need it.
    from skill_lint.cli.commands import fix_llm

    return fix_llm.run(given, root)


def _settle(given: argparse.Namespace) -> check.CheckOptions:
    """The options of `check --fix` for the same run."""
    return check.CheckOptions(
        selection=selection.settle(given),
        fixes=fixes.settle(given, always=True),
        output=output.settle(given),
        config=config.settle(given),
        baseline=baseline.settle(given),
        jobs=jobs.settle(given),
        trust=trust.TrustOptions(),
        exit_zero=given.exit_zero,
    )


def _parser() -> argparse.ArgumentParser:
    parser = Parser(
        prog="skill-lint fix",
        description="Fix the skills at or below each PATH, then lint them, as `check --fix` does. "
        "With --llm, a language model is asked for new text where a finding needs it. Changes that "
        "pass all checks are shown, and written only with --apply or --interactive. docs/llm.md "
        "says what is sent, what never is, and how a change is checked.",
        epilog="Exit codes: those of `check` for the files on the disk afterwards; also 2 if a "
        "model did not answer or a file could not be written.",
    )
    parser.add_argument("paths", nargs="*", metavar="PATH", help="default: the working directory")
    config.add_options(parser)
    selection.add_changed_options(parser)
    baseline.add_file_options(parser)
    for add in (*_WITHOUT_MODEL, *_WITH_MODEL):
        add(parser)
    return parser


def _add_exit_zero(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--exit-zero", action="store_true", help="exit 0 even with findings")


def _add_llm_options(parser: argparse.ArgumentParser) -> None:
    group = parser.add_argument_group("with a model")
    group.add_argument(
        "--llm", action="store_true", help="ask a model to fix findings that need new text"
    )
    group.add_argument(
        "--apply", action="store_true", default=None, help="write the changes that pass all checks"
    )
    group.add_argument(
        "--yes-unread", action="store_true", default=None,
        help="let --apply write where no terminal shows the changes: nobody will have read what a "
        "model wrote, and the gate cannot tell whether it is true or wise; never in CI",
    )  # fmt: skip
    group.add_argument(
        "--interactive",
        action="store_true",
        default=None,
        help="show each change, and ask whether to write it",
    )
    group.add_argument(
        "--show-prompt", action="store_true", default=None,
        help="print exactly what would be sent first, but send nothing",
    )  # fmt: skip
    group.add_argument(
        "--report",
        metavar="FILE",
        default=None,
        help="write each proposed change, and what the checks say of it, as JSON",
    )
    group.add_argument(
        "--max-calls", metavar="N", type=_whole("--max-calls"), default=None,
        help="at most N calls (default: 20); answers from the cache do not count",
    )  # fmt: skip
    group.add_argument(
        "--max-tokens", metavar="N", type=_whole("--max-tokens"), default=None,
        help="at most N tokens, sent and received",
    )  # fmt: skip
    group.add_argument(
        "--max-cost", metavar="X", type=_cost, default=None,
        help="at most this cost, by the prices in the models file",
    )  # fmt: skip
    group.add_argument(
        "--allow-dirty", action="store_true", default=None,
        help="also write to skills with changes that are not committed, which git could not bring "
        "back",
    )  # fmt: skip
    models.add_options(group)


_WITHOUT_MODEL: tuple[_AddOptions, ...] = (
    fixes.add_fix_options, output.add_options, jobs.add_options, cache.add_options, _add_exit_zero,
)  # fmt: skip
_WITH_MODEL: tuple[_AddOptions, ...] = (_add_llm_options,)


def _refuse(given: argparse.Namespace, added: Sequence[_AddOptions], why: str) -> None:
    """Refuse the options that these functions add, but for `_EITHER_WAY`."""
    parser = Parser(prog="", description="")
    for add in added:
        add(parser)
    for name, default in vars(parser.parse_args([])).items():
        if name not in _EITHER_WAY and getattr(given, name) != default:
            raise UsageError(f"{_option(name)} {why}")


def _option(name: str) -> str:
    return f"--{name.replace('_', '-')}"


def _check(given: argparse.Namespace) -> None:
    """Refuse options that do not go with `--llm`, or not with each other."""
    _refuse(given, _WITHOUT_MODEL, "does not go with --llm")
    _check_writing(given)
    if given.report and not Path(given.report).absolute().parent.is_dir():
        raise UsageError(f"{given.report}: its folder does not exist")


def _check_writing(given: argparse.Namespace) -> None:
    """Refuse to write where no person reviews it, or in two ways at once."""
    if given.apply and given.interactive:
        raise UsageError("--apply writes without asking and --interactive asks; leave one out")
    writes = _option("apply") if given.apply else _option("interactive")
    if given.apply or given.interactive:
        _refuse_in_ci(writes)
    if given.yes_unread and not given.apply:
        raise UsageError("--yes-unread goes with --apply")
    if given.apply and not given.yes_unread and not sys.stdout.isatty():
        raise UsageError(
            "--apply shows what it writes, but this is not a terminal; leave it out to write "
            "nothing, or add --yes-unread if nobody has to read what a model wrote"
        )
    if given.interactive and not (sys.stdin.isatty() and sys.stdout.isatty()):
        raise UsageError("--interactive asks a person, but this is not a terminal")
    if given.show_prompt and (given.apply or given.interactive):
        raise UsageError(f"--show-prompt sends and writes nothing; leave out {writes}")


def _refuse_in_ci(option: str) -> None:
    if variable := ci_variable():
        raise UsageError(
            f"{option} is not for CI (`{variable}` is set), because a person must review what a "
            "model writes; without it, the changes are only shown"
        )


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
