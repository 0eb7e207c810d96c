"""JUnit XML, which most CI servers read: a test case for each skill, which fails or passes."""

from collections.abc import Iterator, Sequence
from itertools import groupby
from xml.etree import ElementTree as ET

from skill_lint.diagnostic import Diagnostic
from skill_lint.report.report import Report, Skipped
from skill_lint.reporters.escape import visible
from skill_lint.reporters.look import Look
from skill_lint.text.plural import count

NAME = "skill-lint"
CRASH = "internal-error"


def render(report: Report, look: Look) -> str:
    by_skill = groupby(report.diagnostics, key=lambda diagnostic: diagnostic.skill)
    found = {skill: list(group) for skill, group in by_skill}
    cases = {
        skill: _case(skill, found.get(skill, []), report) for skill in {*report.linted, *found}
    }
    cases |= {each.path: _skipped(each) for each in report.skipped if each.path not in cases}
    suite = ET.Element("testsuite", name=NAME)
    suite.extend(case for _, case in sorted(cases.items()))
    numbers: dict[str, str] = {
        "tests": str(len(suite)),
        **{f"{kind}s": str(len(suite.findall(f"*/{kind}"))) for kind in ("failure", "error")},
        "skipped": str(len(suite.findall("*/skipped"))),
    }  # fmt: skip
    suite.attrib |= numbers
    root = ET.Element("testsuites", {"name": NAME, **numbers})
    root.append(suite)
    ET.indent(root)
    xml = ET.tostring(root, encoding="unicode")
    return f'<?xml version="1.0" encoding="utf-8"?>\n{xml}\n'


def _case(skill: str, diagnostics: Sequence[Diagnostic], report: Report) -> ET.Element:
    """A skill. What does not fail the run is its output, and no failure.

    A bug of skill-lint is an error.
    """
    case = ET.Element("testcase", name=visible(skill), classname=NAME)
    failing = [each for each in diagnostics if report.fails(each)]
    if failing:
        first, more = failing[0], len(failing) - 1
        rest = f" (and {count(more, 'more finding')})" if more else ""
        what = f"{first.rule}: {visible(first.headline)}{rest}"
        kind = "error" if any(each.rule == CRASH for each in failing) else "failure"
        ET.SubElement(case, kind, type=first.severity, message=what).text = _text(failing)
    if others := [each for each in diagnostics if not report.fails(each)]:
        ET.SubElement(case, "system-out").text = _text(others)
    return case


def _skipped(skipped: Skipped) -> ET.Element:
    case = ET.Element("testcase", name=visible(skipped.path), classname=NAME)
    ET.SubElement(case, "skipped", message=visible(skipped.reason))
    return case


def _text(diagnostics: Sequence[Diagnostic]) -> str:
    return "".join(f"{line}\n" for each in diagnostics for line in _lines(each))


def _lines(diagnostic: Diagnostic) -> Iterator[str]:
    """The finding, and the other places with the same cause."""
    region = diagnostic.region
    place = f"{visible(diagnostic.path)}:{region.line}:{region.column}"
    yield f"{place}: {diagnostic.severity} {diagnostic.rule}: {visible(diagnostic.headline)}"
    for each in diagnostic.elsewhere:
        where = f"{visible(each.path)}:{each.region.line}:{each.region.column}"
        yield f"  {where}: {visible(each.message)}"
