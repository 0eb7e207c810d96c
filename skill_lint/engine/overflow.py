"""The limit on the findings of one file. The rest is counted, and the count is reported."""

from collections import Counter
from collections.abc import Sequence

from skill_lint.diagnostic import SEVERITIES, Diagnostic
from skill_lint.engine.events import report
from skill_lint.rule import ActiveRule, Overflow
from skill_lint.skill.skill import Skill
from skill_lint.text.source import Source


def within_limit(
    diagnostics: Sequence[Diagnostic], skill: Skill, active: Sequence[ActiveRule]
) -> list[Diagnostic]:
    """The diagnostics up to the limit of each file, and one that counts the others.

    Those that are not to be reported do not count. Errors are kept before warnings, then earlier
    before later lines.
    """
    most = skill.limits.findings_per_file
    if len(diagnostics) <= most:
        return list(diagnostics)
    kept = [each for each in diagnostics if not each.is_open]
    by_path: dict[str, list[Diagnostic]] = {}
    for each in diagnostics:
        if each.is_open:
            by_path.setdefault(each.path, []).append(each)
    for path, group in by_path.items():
        group.sort(key=lambda each: (SEVERITIES.index(each.severity), each.sort_key))
        kept += group[:most]
        if left := Counter(each.severity for each in group[most:]):
            numbers = {severity: left[severity] for severity in SEVERITIES}
            overflow = Overflow(Source(path, skill.name_of(path)), most, numbers)
            kept += report([("too-many-findings", overflow)], skill.path, active)
    return kept
