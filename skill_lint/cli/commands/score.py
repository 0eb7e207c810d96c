"""`skill-lint score`: how good skills are by the golden standard's metrics, and what would help."""

import argparse
import json
import os
import subprocess
import tarfile
from collections.abc import Mapping, Sequence
from io import BytesIO
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from skill_lint.cli.error import UsageError
from skill_lint.cli.options import config as settings
from skill_lint.cli.options import output
from skill_lint.cli.parser import Parser
from skill_lint.discovery.roots import SkillRoot
from skill_lint.filesystem import git
from skill_lint.reporters.escape import inert_json, visible
from skill_lint.scoring import table
from skill_lint.scoring.badge import badge
from skill_lint.scoring.score import Score, score
from skill_lint.skill.skill import Skill


def run(words: Sequence[str]) -> int:
    options = _parser().parse_args(words)
    weights = settings.of_file(options).weights
    found = settings.discovered(options)
    roots = sorted(found.skills, key=lambda root: root.shown)
    scores = [score(Skill(root.path, root.shown, limits=root.limits), weights) for root in roots]
    compared = options.compare is not None
    before = _before(options.compare, roots, weights) if compared else None
    mean = sum(each.total for each in scores) / len(scores)
    if options.badge:
        Path(options.badge).write_text(badge(mean), encoding="utf-8")
    if options.output_format == "json":
        output.write(_as_json(scores, before, mean))
    elif options.output_format == "markdown":
        output.write(table.markdown(scores, before, mean))
    else:
        output.write(table.text(scores, before, mean))
    lowest = options.fail_under
    return int(lowest is not None and any(each.total < lowest for each in scores))


def _parser() -> argparse.ArgumentParser:
    parser = Parser(
        prog="skill-lint score",
        description="Score the skills at or below each PATH by the golden standard's metrics. "
        "A report: no total is a fault, unless --fail-under says so.",
        epilog="Exit codes: 0 done, 1 a score is under --fail-under, 2 wrong usage.",
    )
    parser.add_argument("paths", nargs="*", metavar="PATH", help="default: the working directory")
    parser.add_argument("--output-format", choices=["text", "json", "markdown"], default="text")
    parser.add_argument("--fail-under", type=_total, metavar="N", help="a total from 0 to 1")
    parser.add_argument("--compare", metavar="REV", help="show the scores at a git revision too")
    parser.add_argument("--badge", metavar="FILE", help="write the mean as an SVG badge")
    settings.add_file_options(parser)
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
    revision: str, roots: Sequence[SkillRoot], weights: Mapping[str, float]
) -> dict[str, float]:
    """The totals of these skills at a revision, by path; a skill that was not there has none."""
    first = roots[0].path
    top = Path(os.fsdecode(_git(first, "rev-parse", "--show-toplevel")).strip())
    if revision.startswith("-"):
        raise UsageError(f"`{revision}` is no revision")
    archive = _git(top, "archive", "--format=tar", revision)
    totals: dict[str, float] = {}
    with TemporaryDirectory() as folder:
        with tarfile.open(fileobj=BytesIO(archive)) as tar:
            # A symbolic link may lead anywhere; what it leads to was never scored.
            plain = [each for each in tar.getmembers() if each.isfile() or each.isdir()]
            tar.extractall(folder, plain, filter="data")
        for root in roots:
            place = Path(folder) / Path(os.path.realpath(root.path)).relative_to(top)
            skill = Skill(place, root.shown, limits=root.limits)
            if skill.skill_files:
                totals[root.shown] = score(skill, weights).total
    return totals


def _git(folder: Path, *words: str) -> bytes:
    try:
        done = subprocess.run(git.command(str(folder), *words), capture_output=True, check=False)
    except FileNotFoundError:
        raise UsageError("--compare needs git, which is not installed") from None
    if done.returncode:
        reason = os.fsdecode(done.stderr).strip().splitlines()
        raise UsageError(f"--compare: git says: {visible(reason[-1]) if reason else 'nothing'}")
    return done.stdout


def _as_json(scores: Sequence[Score], before: Mapping[str, float] | None, mean: float) -> str:
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
    return inert_json(json.dumps({"mean": round(mean, 4), "skills": skills}, indent=2) + "\n")


def _rounded(value: float | None) -> float | None:
    return None if value is None else round(value, 4)
