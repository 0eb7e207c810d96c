"""A hint for users whose skills follow the open specification and not the golden standard."""

from skill_lint.report.counts import Counts


def preset_hint(counts: Counts, linted: int) -> str | None:
    """A hint, if most of several skills fail only because of what the golden standard adds."""
    failing = counts.failing_only_golden
    if failing < 2 or failing * 2 <= linted:
        return None
    return (
        f"{failing:,} of {linted:,} skills fail only for what the golden standard "
        "adds to the open specification; `--preset agentskills` checks the specification alone"
    )
