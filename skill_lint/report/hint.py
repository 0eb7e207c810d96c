"""A hint for users whose skills fail for what the open specification does not ask for."""

from skill_lint.report.counts import Counts
from skill_lint.text.plural import count


def preset_hint(counts: Counts) -> str | None:
    """A hint, if most of the skills that fail would pass with `agentskills`."""
    passing = counts.beyond_specification
    if passing < 2 or passing * 2 <= counts.failing:
        return None
    by_rule = sorted(counts.beyond_by_rule, key=lambda item: (-item[1], item[0]))
    rules = ", ".join(f"`{rule}` ({number:,})" for rule, number in by_rule)
    return (
        f"{passing:,} of the {count(counts.failing, 'skill')} with errors would have none with "
        f"`--preset agentskills`, which only warns of what the specification's reference "
        f"validator accepts: {rules}"
    )
