"""The findings that a run fixed, one per line: `fixed path:line: rule: title of the fix`."""

from skill_lint.report.report import Report
from skill_lint.reporters.escape import visible


def render(report: Report) -> str:
    return "".join(
        f"fixed {visible(each.path)}:{each.region.line}: {each.rule}: "
        f"{visible(each.fix.title)}{each.more_places}\n"
        for each in report.fixed
        if each.fix
    )
