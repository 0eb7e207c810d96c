"""One sentence for those whose skills follow the open specification and not the standard."""

from skill_lint.config import preset
from skill_lint.diagnostic import Report


def preset_hint(report: Report) -> str | None:
    """A hint, when most skills fail only for what the golden standard adds."""
    open_rules = {rule.rule.name for rule in preset("agentskills").active}
    failing: dict[str, set[str]] = {}
    for diagnostic in report.diagnostics:
        if diagnostic.severity == "error":
            failing.setdefault(diagnostic.skill, set()).add(diagnostic.rule)
    only_added = sum(rules.isdisjoint(open_rules) for rules in failing.values())
    if only_added * 2 <= len(report.linted):
        return None
    return (
        f"{only_added:,} of {len(report.linted):,} skills fail only for what the golden standard "
        "adds to the open specification; `--preset agentskills` checks the specification alone"
    )
