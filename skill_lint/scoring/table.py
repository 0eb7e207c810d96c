"""Scores as a report for the terminal, and as a table in Markdown."""

from collections.abc import Iterator, Mapping, Sequence

from skill_lint.reporters.escape import visible
from skill_lint.reporters.markdown import cell
from skill_lint.scoring.score import Score

WIDTH = 20
"""Characters of the bar."""


def text(scores: Sequence[Score], before: Mapping[str, float] | None, mean: float) -> str:
    blocks = ["".join(f"{line}\n" for line in _block(each, before)) for each in scores]
    if len(scores) > 1:
        blocks.append(f"{len(scores):,} skills, mean {mean:.2f}\n")
    return "\n".join(blocks)


def _block(score: Score, before: Mapping[str, float] | None) -> Iterator[str]:
    yield f"{visible(score.path)} ({score.format}, {score.style})"
    change = _change(score, before)
    rank = f"better than {score.percentile} % of real skills"
    yield f"  {score.total:.2f} {_bar(score.total)} {rank}{change}"
    widest = max(map(len, score.metrics))
    gains = sorted(score.gains.items(), key=lambda item: (-item[1], item[0]))
    full = [name for name in score.metrics if name not in score.gains]
    if full:
        yield f"  has     {', '.join(full)}"
    for name, gain in gains:
        has = score.metrics[name]
        yield f"  {has:.2f}    {name:<{widest}}  would add {gain:.3f}"


def _bar(total: float) -> str:
    filled = round(total * WIDTH)
    return "█" * filled + "░" * (WIDTH - filled)


def _change(score: Score, before: Mapping[str, float] | None) -> str:
    if before is None:
        return ""
    if score.path not in before:
        return "; new"
    return f"; was {before[score.path]:.2f} ({score.total - before[score.path]:+.2f})"


def markdown(scores: Sequence[Score], before: Mapping[str, float] | None, mean: float) -> str:
    was = "| before " if before is not None else ""
    lines = [
        "## skill-lint score",
        "",
        f"{len(scores):,} skills, mean {mean:.2f}",
        "",
        f"| skill | style | score {was}| percentile | would help most |",
        f"|---|---|---|{'---|' if before is not None else ''}---|---|",
    ]
    return "".join(f"{line}\n" for line in [*lines, *(_row(each, before) for each in scores)])


def _row(score: Score, before: Mapping[str, float] | None) -> str:
    best = sorted(score.gains, key=lambda name: (-score.gains[name], name))[:3]
    helps = ", ".join(f"{name} +{score.gains[name]:.3f}" for name in best)
    was = ""
    if before is not None:
        was = f" {before[score.path]:.2f} |" if score.path in before else " new |"
    return (
        f"| {cell(score.path)} | {cell(score.style)} | {score.total:.2f} |{was} "
        f"{score.percentile} | {cell(helps)} |"
    )
