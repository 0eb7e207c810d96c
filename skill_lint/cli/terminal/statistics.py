"""`--statistics`: how often each rule fired, the most frequent first."""

from collections import Counter

from skill_lint.report.report import Report
from skill_lint.reporters.look import Look


def render(report: Report, look: Look) -> str:
    counts = Counter((each.severity, each.rule) for each in report.diagnostics)
    ordered = sorted(counts.items(), key=lambda item: (-item[1], item[0]))
    digits = max([len(f"{number:,}") for number in counts.values()], default=0)
    lines = [
        f"{number:>{digits},}  {look.severity(severity, f'{severity:<7}')}  {rule}\n"
        for (severity, rule), number in ordered
    ]
    return "".join(lines) + ("\n" if lines else "")
