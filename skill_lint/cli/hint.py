"""One sentence for those whose skills follow the open specification and not the standard."""

from skill_lint.diagnostic import Report

ADDED = frozenset({"missing-when-to-use"})
"""The errors that the standard adds, by asking for more than the specification does."""


def preset_hint(report: Report) -> str | None:
    """A hint, when most of several skills fail only for what the golden standard adds."""
    failing: dict[str, set[str]] = {}
    for diagnostic in report.diagnostics:
        if diagnostic.severity == "error":
            failing.setdefault(diagnostic.skill, set()).add(diagnostic.rule)
    only_added = sum(rules <= ADDED for rules in failing.values())
    if only_added < 2 or only_added * 2 <= len(report.linted):
        return None
    return (
        f"{only_added:,} of {len(report.linted):,} skills fail only for what the golden standard "
        "adds to the open specification; `--preset agentskills` checks the specification alone"
    )
