"""JUnit XML, which most CI servers read: a test suite per skill, a failed test case per finding."""

from collections.abc import Iterator
from itertools import groupby
from xml.etree import ElementTree as ET

from skill_lint.diagnostic import Diagnostic
from skill_lint.report.report import Report
from skill_lint.reporters.escape import visible
from skill_lint.reporters.look import Look


def render(report: Report, look: Look) -> str:
    by_skill = groupby(report.diagnostics, key=lambda diagnostic: diagnostic.skill)
    found = {skill: list(group) for skill, group in by_skill}
    total = len(report.diagnostics)
    root = ET.Element("testsuites", name="skill-lint", tests=str(total), failures=str(total))
    for skill in sorted({*report.linted, *found}):
        diagnostics = found.get(skill, [])
        number = str(len(diagnostics))
        suite = ET.SubElement(
            root, "testsuite", name=visible(skill), tests=number, failures=number, errors="0"
        )
        for each in diagnostics:
            place = f"{visible(each.path)}:{each.region.line}:{each.region.column}"
            case = ET.SubElement(
                suite, "testcase", name=f"{each.rule} {place}", classname=visible(each.path)
            )
            failure = ET.SubElement(
                case, "failure", type=each.severity, message=visible(each.headline)
            )
            failure.text = "\n".join(_lines(each, place))
    ET.indent(root)
    xml = ET.tostring(root, encoding="unicode")
    return f'<?xml version="1.0" encoding="utf-8"?>\n{xml}\n'


def _lines(diagnostic: Diagnostic, place: str) -> Iterator[str]:
    """The finding, and the other places with the same cause."""
    yield f"{place}: {diagnostic.rule} {visible(diagnostic.headline)}"
    for each in diagnostic.elsewhere:
        region = each.region
        yield f"{visible(each.path)}:{region.line}:{region.column}: {visible(each.message)}"
