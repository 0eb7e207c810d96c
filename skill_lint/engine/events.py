"""Findings about the run itself: a rule that crashed, a suppression that is unused."""

import os
from collections.abc import Iterator, Sequence

from skill_lint.config.config import Config
from skill_lint.diagnostic import Diagnostic
from skill_lint.engine.stamp import stamp
from skill_lint.report.baseline import StaleEntry
from skill_lint.rule import ActiveRule, Crash, LedOut, Overflow
from skill_lint.skill.suppressions import Suppression
from skill_lint.text.source import Source

Event = tuple[str, Crash | Overflow | LedOut | Suppression]
"""The name of a rule of the family `run`, and the value that this rule checks."""


def crash(rule: str, place: Source, error: Exception) -> Event:
    """The event for an exception that `rule` raised. Call this in the `except` block.

    `rule` may also name the part of skill-lint that raised.
    """
    # Lazy import: only a run with a bug needs it.
    import traceback

    return "internal-error", Crash(rule, place, words(error), traceback.format_exc())


def led_out(path: str, link: str) -> Event:
    """The event for a SKILL.md, shown as `path`, that is a symbolic link out of the checkout."""
    try:
        target = os.readlink(link)  # noqa: PTH115
    except OSError:  # It was replaced since, or a folder above it is the link.
        target = os.path.realpath(link)
    return "escaping-skill-file", LedOut(Source(path, "SKILL.md"), target)


def words(error: Exception) -> str:
    return f"{type(error).__name__}: {error}"


def report(
    events: Sequence[Event], skill: str, active: Sequence[ActiveRule]
) -> Iterator[Diagnostic]:
    """The diagnostics that the active rules of the family `run` yield for a skill's events."""
    by_name = {rule.rule.name: rule for rule in active} if events else {}
    for name, event in events:
        if name in by_name:
            rule = by_name[name]
            for finding in rule.rule.check(event, **rule.options):
                yield stamp(finding, rule, skill)


def stale_entries(entries: Sequence[StaleEntry], config: Config) -> list[Diagnostic]:
    """The diagnostics of `stale-baseline` for these entries, if that rule is active.

    Like those of any file they have a limit, and one diagnostic counts the others.
    """
    rule = next((each for each in config.active if each.rule.name == "stale-baseline"), None)
    if rule is None:
        return []
    most = config.effective_limits.findings_per_file
    found = [
        stamp(finding, rule, entry.source.path)
        for entry in entries[:most]
        for finding in rule.rule.check(entry)
    ]
    for first in entries[most : most + 1]:
        overflow = Overflow(first.source, most, {rule.severity: len(entries) - most})
        event = ("too-many-findings", overflow)
        found += report([event], first.source.path, config.active)
    return found
