"""`skill-lint score`: score skills by the golden standard's metrics, and show what would help."""

import argparse
import json
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from skill_lint.cli.error import UsageError
from skill_lint.cli.options import config
from skill_lint.cli.options.appearance import columns
from skill_lint.cli.parser import Parser
from skill_lint.cli.terminal.failures import EXIT_FAILED, as_json, told
from skill_lint.cli.terminal.save import saved
from skill_lint.cli.terminal.write import say, write
from skill_lint.discovery.roots import SkillRoot
from skill_lint.engine.isolated import Worked, each_skill
from skill_lint.filesystem.git import GitError
from skill_lint.filesystem.paths import Root
from skill_lint.reporters.escape import inert_json, visible
from skill_lint.reporters.look import Look
from skill_lint.scoring import table
from skill_lint.scoring.badge import badge
from skill_lint.scoring.compare import totals_at
from skill_lint.scoring.score import Score, score
from skill_lint.text.plural import count


def run(words: Sequence[str], root: Root) -> int:
    options = _parser().parse_args(words)
    settings, found = config.found_for(options, root)
    weights = settings.weights
    scored = each_skill(found.skills, lambda root: score(root.open(), weights))
    scores = list(scored.done.values())
    then = _before(options, found.skills, weights)
    failed = {**scored.failed, **(then.failed if then else {})}
    before = then.done if then else None
    mean = sum(each.total for each in scores) / len(scores) if scores else 0.0
    _show(options, scores, before, mean, failed)
    if told(failed):
        return EXIT_FAILED
    lowest = options.fail_under
    failing = [each for each in scores if lowest is not None and each.total < lowest]
    if failing:
        say(f"{count(len(failing), 'skill')} scored less than {lowest:g} (--fail-under)")
    return int(bool(failing))


def _show(
    options: argparse.Namespace,
    scores: Sequence[Score],
    before: Mapping[str, float] | None,
    mean: float,
    failed: Mapping[str, str],
) -> None:
    """Print the scores, and write the badge. Where every skill failed there is nothing to show."""
    if options.output_format == "json":
        write(_as_json(scores, before, mean, failed))
    if not scores:
        return
    if options.badge:
        saved(Path(options.badge), badge(mean))
    if options.output_format == "markdown":
        write(table.markdown(scores, before, mean))
    elif options.output_format == "text":
        write(table.text(scores, before, mean, Look(columns=columns(), is_all=options.all)))


def _parser() -> argparse.ArgumentParser:
    parser = Parser(
        prog="skill-lint score",
        description="Score the skills at or below each PATH by the golden standard's metrics. "
        "This only informs: a low score changes the exit code only with --fail-under.",
        epilog="Exit codes: 0 done, 1 a score is under --fail-under, 2 wrong usage, or a failure "
        "of skill-lint.",
    )
    parser.add_argument("paths", nargs="*", metavar="PATH", help="default: the working directory")
    parser.add_argument(
        "--output-format",
        choices=["text", "json", "markdown"],
        default="text",
        help="default: text",
    )
    parser.add_argument(
        "--fail-under", type=_total, metavar="N", help="exit 1 if a total, from 0 to 1, is below N"
    )
    parser.add_argument("--compare", metavar="REV", help="also show the scores at a git revision")
    parser.add_argument("--all", action="store_true", help="rank all skills, however many")
    parser.add_argument("--badge", metavar="FILE", help="write the mean score as an SVG badge")
    config.add_file_options(parser)
    return parser


def _total(text: str) -> float:
    try:
        value = float(text)
    except ValueError:
        value = -1.0
    if not 0 <= value <= 1:
        raise UsageError(f"--fail-under takes a number from 0 to 1, not `{text}`")
    return value


def _before(
    options: argparse.Namespace, roots: Sequence[SkillRoot], weights: Mapping[str, float]
) -> Worked[float] | None:
    """The totals of these skills at the revision of `--compare`; None without it."""
    if options.compare is None:
        return None
    try:
        return totals_at(options.compare, roots, weights)
    except GitError as error:
        raise UsageError(f"--compare: {visible(error.reason)}") from None


def _as_json(
    scores: Sequence[Score],
    before: Mapping[str, float] | None,
    mean: float,
    failed: Mapping[str, str],
) -> str:
    skills: list[dict[str, Any]] = [
        {
            "path": each.path,
            "format": each.format,
            "style": each.style,
            "total": round(each.total, 4),
            "percentile": each.percentile,
            "before": _rounded((before or {}).get(each.path)),
            "metrics": dict(each.metrics),
            "gains": {name: round(gain, 4) for name, gain in each.gains.items()},
        }
        for each in scores
    ]
    whole = {"mean": round(mean, 4), "skills": skills, "failed": as_json(failed)}
    return inert_json(json.dumps(whole, indent=2) + "\n")


def _rounded(value: float | None) -> float | None:
    return None if value is None else round(value, 4)
