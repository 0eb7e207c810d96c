"""What happens in a run itself, as findings: a rule that crashes, a suppression that is unused."""

from collections.abc import Iterator, Sequence

from skill_lint.config.config import Config
from skill_lint.diagnostic import Diagnostic
from skill_lint.engine.stamp import stamp
from skill_lint.report.baseline import StaleEntry
from skill_lint.rule import ActiveRule, Crash, Overflow
from skill_lint.skill.suppressions import Suppression
from skill_lint.text.source import Source

Event = tuple[str, Crash | Overflow | Suppression]
"""The name of a rule of the family `run`, and what that rule is told."""


def crash(rule: str, place: Source, error: Exception) -> Event:
    """A rule, or what is named in its place, that raised; to be called while it is handled."""
    # Lazy import: only a run with a bug needs it.
    import traceback

    return "internal-error", Crash(rule, place, words(error), traceback.format_exc())


def words(error: Exception) -> str:
    return f"{type(error).__name__}: {error}"


def report(
    events: Sequence[Event], skill: str, active: Sequence[ActiveRule]
) -> Iterator[Diagnostic]:
    """What the rules of the family `run` that are on say of the events, in a skill."""
    by_name = {rule.rule.name: rule for rule in active} if events else {}
    for name, event in events:
        if name in by_name:
            rule = by_name[name]
            for finding in rule.rule.check(event, **rule.options):
                yield stamp(finding, rule, skill)


def stale_entries(entries: Sequence[StaleEntry], config: Config) -> list[Diagnostic]:
    """What `stale-baseline` says of a baseline's entries, if it is on."""
    rule = next((each for each in config.active if each.rule.name == "stale-baseline"), None)
    if rule is None:
        return []
    return [
        stamp(finding, rule, entry.source.path)
        for entry in entries
        for finding in rule.rule.check(entry)
    ]
