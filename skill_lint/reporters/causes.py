"""The causes of many findings, with counts."""

from collections.abc import Collection, Iterator, Sequence
from itertools import groupby
from typing import NamedTuple

from skill_lint.diagnostic import SEVERITIES, Severity
from skill_lint.reporters.folding import LACKING, Entry
from skill_lint.reporters.look import Look
from skill_lint.reporters.table import blocks
from skill_lint.reporters.wrap import bounded, wrapped
from skill_lint.rules.registry import load_rules

SEVERAL = 3
"""Skills that a cause has in order to be more than named, where there are many causes."""
FEWEST = 3
"""Causes of a severity that are shown in any case."""
WIDESPREAD = 10
"""Skills in which the same message is a cause of its own, apart from the others of its rule."""
MOST_MESSAGES = 2
"""Messages of one rule that are causes of their own."""


class Cause(NamedTuple):
    """What many findings have in common: a rule, and perhaps the message."""

    severity: Severity
    rule: str
    text: str
    findings: int
    skills: int
    url: str


def causes(entries: Sequence[Entry]) -> list[Cause]:
    """The causes, the most severe first, then those of the most skills."""
    by_rule: dict[tuple[Severity, str], list[Entry]] = {}
    for each in entries:
        by_rule.setdefault((each.note.severity, each.note.rule), []).append(each)
    found = [cause for group in by_rule.values() for cause in _of_rule(group)]
    return sorted(
        found,
        key=lambda each: (
            SEVERITIES.index(each.severity), -each.skills, -each.findings, each.rule, each.text,
        ),
    )  # fmt: skip


def _of_rule(entries: Sequence[Entry]) -> Iterator[Cause]:
    """The widespread messages of a rule, and the other ones together."""
    by_message: dict[str, list[Entry]] = {}
    for each in entries:
        by_message.setdefault(each.note.message, []).append(each)
    widespread = [each for each in by_message if len(_skills(by_message[each])) >= WIDESPREAD]
    widespread.sort(key=lambda each: (-len(_skills(by_message[each])), each))
    # What a skill lacks is one cause, however many words name a part of it.
    is_one = entries[0].note.rule in LACKING
    for message in () if is_one else widespread[:MOST_MESSAGES]:
        yield _cause(message, by_message.pop(message))
    if others := [each for group in by_message.values() for each in group]:
        alone = next(iter(by_message)) if len(by_message) == 1 else _summary(others[0].note.rule)
        yield _cause(alone, others)


def _cause(text: str, group: Sequence[Entry]) -> Cause:
    note, findings = group[0].note, sum(1 + len(each.copies) for each in group)
    return Cause(note.severity, note.rule, text, findings, len(_skills(group)), note.url)


def _skills(group: Sequence[Entry]) -> set[str]:
    return {skill for each in group for skill in (each.note.skill, *each.copies)}


def _summary(rule: str) -> str:
    """What a rule finds, in words."""
    known = load_rules().get(rule)
    words = known.summary.rstrip(".") if known else ""
    return words[:1].lower() + words[1:] if words[1:2].islower() or words[1:2] == " " else words


def counted(found: Sequence[Cause], most: int, look: Look) -> list[str]:
    """The causes under their severity, on about `most` lines."""
    groups = groupby(found, key=lambda each: each.severity)
    by_level: dict[Severity, list[Cause]] = {level: list(group) for level, group in groups}
    lines: list[str] = []
    for number, (level, group) in enumerate(by_level.items()):
        # What is less severe has its share, too.
        left = most - len(lines)
        share = max(left // (len(by_level) - number), left * 3 // 5)
        title = f"{level.capitalize()}s by cause, with the number of skills"
        lines += [look.severity(level, each, "bold") for each in wrapped(title, look.columns)]
        lines += [*_shown(group, share - 2, look), ""]
    return lines


def _shown(group: Sequence[Cause], most: int, look: Look) -> Iterator[str]:
    """The causes of one severity, as a table of about `most` lines, and the names of the others."""
    rows = [(f"{each.skills:,}", each.rule, _words(each)) for each in group]
    urls = {each.rule: each.url for each in group}

    def painted(number: int, cell: str) -> str:
        rule = cell.rstrip(" ")
        return look.link(rule, urls[rule]) + cell[len(rule) :] if number == 1 else cell

    used = 0
    tables = blocks(rows, look.columns, right={0}, painted=painted)
    for number, (cause, lines) in enumerate(zip(group, tables, strict=True)):
        others = _others(group[number:], {each.rule for each in group[:number]}, look)
        used += len(lines)
        is_rare = cause.skills < SEVERAL and len(group) > FEWEST
        if number >= FEWEST and (is_rare or used + len(others) > most):
            yield from others
            return
        yield from lines


def _others(group: Sequence[Cause], named: Collection[str], look: Look) -> list[str]:
    """The rules of these causes, the commonest first. Those in `named` have other causes, too."""
    skills: dict[str, int] = {}
    for each in group:
        skills[each.rule] = max(skills.get(each.rule, 0), each.skills)
    names = ", ".join(
        f"{rule} ({number:,}{' more' * (rule in named)})" for rule, number in skills.items()
    )
    return wrapped(f"also: {names}", look.columns, 4, first=2) if names else []


def _words(cause: Cause) -> str:
    more = f" ({cause.findings:,} findings)" if cause.findings > cause.skills else ""
    return f"{bounded(cause.text)}{more}"
