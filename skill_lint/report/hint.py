"""One sentence for those whose skills follow the open specification and not the standard."""

from skill_lint.report.counts import Counts


def preset_hint(tally: Counts, linted: int) -> str | None:
    """A hint, when most of several skills fail only for what the golden standard adds."""
    only_added = tally.only_added
    if only_added < 2 or only_added * 2 <= linted:
        return None
    return (
        f"{only_added:,} of {linted:,} skills fail only for what the golden standard "
        "adds to the open specification; `--preset agentskills` checks the specification alone"
    )
