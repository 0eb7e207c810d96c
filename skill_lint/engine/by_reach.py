"""Errors that are warnings where SKILL.md does not lead an agent.

A rule never chooses its own severity. It declares `by_reach`, and this is the one place that makes
an error milder: a dead link in a README costs an agent nothing, because it does not read it.
"""

from skill_lint.rule import ActiveRule, Finding
from skill_lint.skill.skill import Skill


def by_reach(active: ActiveRule, finding: Finding, skill: Skill) -> ActiveRule:
    """The rule, milder if SKILL.md does not lead to the file of the finding."""
    if not active.rule.by_reach or active.severity != "error":
        return active
    return active if skill.reach.leads_to(finding.source.name) else milder(active)


def milder(active: ActiveRule) -> ActiveRule:
    """The rule as it is where SKILL.md does not lead: its error is a warning."""
    is_lowered = active.rule.by_reach and active.severity == "error"
    return active._replace(severity="warning") if is_lowered else active
