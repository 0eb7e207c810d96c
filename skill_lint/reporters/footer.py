"""The last lines of a report for people: what was found, and what to do about it."""

from collections import Counter
from collections.abc import Iterator, Sequence

from skill_lint.diagnostic import SEVERITIES, Severity
from skill_lint.report import golden, skipped
from skill_lint.report.counts import Totals
from skill_lint.report.report import Report
from skill_lint.report.tally import Kind, Tally
from skill_lint.reporters.escape import visible
from skill_lint.reporters.look import Look
from skill_lint.reporters.wrap import wrapped
from skill_lint.text.plural import count

INDENT = 2
MOST_RULES = 3
"""Rules that are named because they are the commonest."""


def footer(report: Report | Totals, look: Look, least: Severity = "info") -> str:
    """The last lines. Findings that are less severe than `least` were not shown."""
    shown = SEVERITIES[: SEVERITIES.index(least) + 1]
    lines = []
    for what, why in skipped.lines(report.skipped):
        lines += _dim(f"skipped {visible(what)}: {visible(why)}", look)
    lines += _total(report, look)
    for line in (*_about_skills(report), *_about_rules(report, shown), *_about_fixes(report)):
        lines += wrapped(line, look.columns, INDENT, first=0)
    for line in (*_not_shown(report, shown), *_of_golden(report)):
        lines += wrapped(line, look.columns, INDENT, first=0)
    for note in report.notes:
        lines += _dim(f"hint: {visible(note)}", look)
    return "".join(f"{line}\n" for line in lines)


def _dim(text: str, look: Look) -> list[str]:
    return [look.paint(line, "dim") for line in wrapped(text, look.columns, INDENT, first=0)]


def _total(report: Report | Totals, look: Look) -> Iterator[str]:
    """How much was linted, skipped and found, in colours."""
    found = {
        count(report.counts[severity], severity): severity
        for severity in SEVERITIES
        if report.counts[severity]
    }
    linted = f"{count(len(report.linted), 'skill')} linted, {len(report.skipped):,} skipped"
    baselined = f" ({len(report.baselined):,} more in the baseline)" if report.baselined else ""
    for line in wrapped(
        f"{linted}: {', '.join(found) or 'no findings'}{baselined}", look.columns, INDENT, first=0
    ):
        painted = line
        for text, severity in found.items():
            painted = painted.replace(text, look.severity(severity, text, "bold"))
        yield (
            painted if found else painted.replace("no findings", look.paint("no findings", "green"))
        )


def _about_skills(report: Report | Totals) -> Iterator[str]:
    """How many skills have errors, and how many are clean."""
    if len(report.linted) < 2 or not report.tallies:
        return
    failing = {skill for skill, tally in report.tallies.items() if _has("error", tally)}
    warned = {skill for skill, tally in report.tallies.items() if _has("warning", tally)} - failing
    # A finding about the run, such as an old entry of the baseline, is about no skill.
    warned &= {*report.linted}
    clean = {*report.linted} - failing - warned
    parts = {"with errors": failing, "with warnings only": warned, "clean": clean}
    counted = [f"{len(skills):,} {what}" for what, skills in parts.items() if skills]
    yield f"skills: {', '.join(counted)}"


def _has(severity: Severity, tally: Tally) -> bool:
    return any(kind.severity == severity for kind in tally)


def _about_rules(report: Report | Totals, shown: Sequence[Severity]) -> Iterator[str]:
    """The commonest rules, and where to read about them."""
    rules = Counter[str]()
    for kind, number in _kinds(report).items():
        if kind.severity in shown:
            rules[kind.rule] += number
    ordered = sorted(rules, key=lambda rule: (-rules[rule], rule))[:MOST_RULES]
    advice = "`skill-lint explain {}` says why, and how to fix it"
    if len(rules) == 1:
        yield advice.format(ordered[0])
    elif rules:
        common = ", ".join(f"{rule} ({rules[rule]:,})" for rule in ordered)
        most = f"most often: {common}; " if rules[ordered[0]] > 1 else ""
        yield most + advice.format("RULE")


def _kinds(report: Report | Totals) -> Counter[Kind]:
    total = Counter[Kind]()
    for tally in report.tallies.values():
        total.update(tally)
    return total


def _about_fixes(report: Report | Totals) -> Iterator[str]:
    """How many findings were fixed, and what would be fixed."""
    parts = [f"{len(report.fixed):,} fixed"] if report.fixed else []
    safe, unsafe = report.fixable("safe"), report.fixable("unsafe")
    if safe:
        skills = sum(any(kind.fix == "safe" for kind in each) for each in report.tallies.values())
        where = f" in {count(skills, 'skill')}" if len(report.linted) > 1 else ""
        parts.append(f"--fix would fix {count(safe, 'finding')}{where}")
    if unsafe:
        more = (
            f"with --unsafe-fixes {unsafe:,} more"
            if safe
            else (f"--fix --unsafe-fixes would fix {count(unsafe, 'finding')}")
        )
        parts.append(f"{more}, for you to review")
    if parts:
        yield "; ".join(parts)


def _not_shown(report: Report | Totals, shown: Sequence[Severity]) -> Iterator[str]:
    """How many findings are not shown because they are not severe enough."""
    hidden = [level for level in SEVERITIES if level not in shown and report.counts[level]]
    if hidden:
        numbers = " and ".join(count(report.counts[level], level) for level in hidden)
        yield f"not shown: {numbers}; see --min-severity {hidden[-1]}"


def _of_golden(report: Report | Totals) -> Iterator[str]:
    """How many findings the golden standard alone asks for, and how to see them."""
    if golden.is_kept(report.rules):
        return
    number = sum(
        each
        for kind, each in _kinds(report).items()
        if kind.severity == "info" and kind.rule in golden.RULES
    )
    if number:
        infos = count(report.counts["info"], "info")
        yield (
            f"golden standard: it asks for {number:,} of the {infos}; see `skill-lint validate`, "
            "or `extends: golden` in the configuration"
        )
