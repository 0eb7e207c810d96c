"""Scores as a report for the terminal, and as a table in Markdown."""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence

from skill_lint.reporters import gfm
from skill_lint.reporters.escape import visible
from skill_lint.reporters.look import Look
from skill_lint.reporters.shell import path
from skill_lint.reporters.table import table
from skill_lint.reporters.wrap import wrapped
from skill_lint.scoring.described import in_words, page_name
from skill_lint.scoring.score import Score, quantiles
from skill_lint.text.plural import count

WIDTH = 20
"""Characters of the bar."""
MOST_RANKED = 20
"""Skills of which each is in the ranking."""
ENDS = 10
"""Skills at each end of a longer ranking."""
MOST_HELPFUL = 5
"""Metrics that are named for several skills."""


def text(
    scores: Sequence[Score], before: Mapping[str, float] | None, mean: float, look: Look
) -> str:
    """The breakdown of one skill; of several, the distribution, a ranking, and what would help."""
    if len(scores) == 1:
        lines = _breakdown(scores[0], before, look)
    else:
        lines = _many(scores, before, mean, look)
    return "".join(f"{line}\n" for line in lines)


def _breakdown(score: Score, before: Mapping[str, float] | None, look: Look) -> Iterator[str]:
    yield from wrapped(f"{visible(score.path)} ({score.format}, {score.style})", look.columns)
    for line in (
        f"{score.total:.2f} of 1  {_bar(score.total)}{_change(score, before)}",
        f"better than {score.percentile} % of real skills",
    ):
        yield from wrapped(line, look.columns, 4, first=2)
    gains = _ordered(score.gains)
    if full := [in_words(name) for name in score.metrics if name not in score.gains]:
        yield ""
        yield from wrapped(f"full marks: {', '.join(full)}", look.columns, 4, first=2)
    if not gains:
        return
    yield ""
    rows = [
        (in_words(name), f"{score.metrics[name]:.2f}", f"would add {score.gains[name]:.3f}")
        for name in gains
    ]
    yield from table([("metric", "value", "with 1.00"), *rows], look.columns)
    yield ""
    yield from _pointer(gains[0], look)


def _ordered(gains: Mapping[str, float]) -> list[str]:
    """The metrics that would add most, first."""
    return sorted(gains, key=lambda name: (-gains[name], name))


def _pointer(metric: str, look: Look) -> list[str]:
    advice = (
        f"`skill-lint explain {page_name(metric)}` says what a metric measures, and how to raise it"
    )
    return wrapped(advice, look.columns)


def _many(
    scores: Sequence[Score], before: Mapping[str, float] | None, mean: float, look: Look
) -> Iterator[str]:
    middle = sorted(each.total for each in scores)[len(scores) // 2]
    usual = quantiles()[50]
    yield from wrapped(
        f"{len(scores):,} skills: mean {mean:.2f}, median {middle:.2f}; the median of real skills "
        f"is {usual:.2f}",
        look.columns,
    )
    yield ""
    yield from _distribution(scores, look)
    yield ""
    yield from _ranking(scores, before, look)
    yield from _helpful(scores, look)
    yield ""
    yield from wrapped(
        f"`skill-lint score {path(scores[0].path)}` shows all metrics of one skill", look.columns
    )


def _distribution(scores: Sequence[Score], look: Look) -> Iterator[str]:
    """How many skills have a total in each tenth."""
    tenths = Counter(min(9, round(each.total * 100) // 10) for each in scores)
    most = max(tenths.values())
    room = max(4, min(40, look.columns - 24))
    for tenth in range(min(tenths), max(tenths) + 1):
        bar = "█" * -(-tenths[tenth] * room // most)
        yield f"  {tenth / 10:.1f} to {(tenth + 1) / 10:.1f}  {tenths[tenth]:>6,}  {bar}".rstrip()


def _ranking(
    scores: Sequence[Score], before: Mapping[str, float] | None, look: Look
) -> Iterator[str]:
    """The skills by their total: all, or the first and the last of them."""
    ranked = sorted(scores, key=lambda each: (-each.total, each.path))
    if look.is_all or len(ranked) <= MOST_RANKED:
        parts = {"From the highest score to the lowest": ranked}
    else:
        parts = {
            "The highest scores": ranked[:ENDS],
            f"The lowest scores; --all ranks all {len(ranked):,}": ranked[: -ENDS - 1 : -1],
        }
    for title, part in parts.items():
        yield from wrapped(title, look.columns)
        rows = [
            [f"{each.total:.2f}", *([_was(each, before)] if before else []), visible(each.path)]
            for each in part
        ]
        yield from table(rows, look.columns)
        yield ""


def _helpful(scores: Sequence[Score], look: Look) -> Iterator[str]:
    """The metrics that would add most to the mean."""
    gains = Counter[str]()
    lacking = Counter[str]()
    for each in scores:
        gains.update(each.gains)
        lacking.update(each.gains.keys())
    best = _ordered(gains)[:MOST_HELPFUL]
    if not best:
        return
    yield from wrapped("What would raise the mean most", look.columns)
    rows = [
        (
            in_words(name),
            f"would add {gains[name] / len(scores):.3f}",
            f"{count(lacking[name], 'skill')} below 1.00",
        )
        for name in best
    ]
    yield from table(rows, look.columns)
    yield from _pointer(best[0], look)


def _bar(total: float) -> str:
    filled = round(total * WIDTH)
    return "█" * filled + "░" * (WIDTH - filled)


def _was(score: Score, before: Mapping[str, float] | None) -> str:
    if before is None:
        return ""
    if score.path not in before:
        return "new"
    return f"was {before[score.path]:.2f} ({score.total - before[score.path]:+.2f})"


def _change(score: Score, before: Mapping[str, float] | None) -> str:
    return f"; {_was(score, before)}" if before is not None else ""


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
    helps = ", ".join(f"{in_words(name)} +{score.gains[name]:.3f}" for name in best)
    was = ""
    if before is not None:
        was = f" {before[score.path]:.2f} |" if score.path in before else " new |"
    return (
        f"| {gfm.code_cell(score.path)} | {gfm.cell(score.style)} | {score.total:.2f} |{was} "
        f"{score.percentile} | {gfm.cell(helps)} |"
    )
