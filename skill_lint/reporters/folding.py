"""Findings with one cause, put together for people. Machine formats list each finding."""

import re
from collections.abc import Iterable, Mapping, Sequence
from itertools import groupby
from typing import NamedTuple

from skill_lint.reporters.notes import Note

MOST_ALIKE = 5
"""Findings of one rule in one skill that are shown; the others are counted."""

LACKING: Mapping[str, str] = {
    "missing-when-to-use": "When to Use",
    "missing-quick-start": "Quick Start",
    "missing-overview": "Overview",
    "v1-sections": "",
    "missing-metadata-field": "",
}
"""What a skill may lack, by the rule that reports it; empty if the message names it."""


class Entry(NamedTuple):
    """What is reported at once: a finding, and those that it stands for.

    `others` are further findings with the same cause. `copies` are copies of the skill, or skills,
    with the same finding. `more` counts further findings of this rule in the skill.
    """

    note: Note
    others: tuple[Note, ...] = ()
    copies: tuple[str, ...] = ()
    more: int = 0


def folded(entries: Iterable[Entry]) -> list[Entry]:
    """One entry for each cause, the most severe first."""
    causes = _one_per_cause(_with_lacks_together(entries))
    return _bounded(sorted(causes, key=lambda each: each.note.sort_key))


def without_copies(notes: Iterable[Note], copies: Mapping[str, str]) -> list[Entry]:
    """An entry for each finding, but none for one that is also in what the skill is a copy of.

    `copies` gives for a skill that is a copy the path of the other one.
    """
    everything = list(notes)
    known = {(each.skill, each.within) for each in everything} if copies else set()
    where: dict[tuple[str, object], list[str]] = {}
    kept = []
    for each in everything:
        original = copies.get(each.skill, "")
        if (original, each.within) in known:
            where.setdefault((original, each.within), []).append(each.skill)
        else:
            kept.append(each)
    return [Entry(each, copies=tuple(where.get((each.skill, each.within), ()))) for each in kept]


def _with_lacks_together(entries: Iterable[Entry]) -> list[Entry]:
    """One entry for all that a file of a skill lacks, such as sections or fields."""
    found: list[Entry] = []
    missing: dict[tuple[str, str, tuple[str, ...]], list[Entry]] = {}
    for each in entries:
        if each.note.rule in LACKING:
            missing.setdefault((each.note.skill, each.note.path, each.copies), []).append(each)
        else:
            found.append(each)
    return [*found, *map(_of_lacks, missing.values())]


def _of_lacks(entries: Sequence[Entry]) -> Entry:
    first, *others = sorted(entries, key=lambda each: (each.note.sort_key, each.note.rule))
    if not others:
        return first
    names = ", ".join(_lacking(each.note, first.note.rule) for each in others)
    note = first.note._replace(message=f"{first.note.message}; also missing: {names}")
    return first._replace(note=note)


def _lacking(note: Note, first: str) -> str:
    """What the skill lacks, with the rule unless it is the one that is named already."""
    named = LACKING[note.rule] or next(iter(re.findall(r'"[^"]+"|`[^`]+`', note.message)), "")
    words = named.strip('"') or note.message
    return words if note.rule == first else f"{words} ({note.rule})"


def _one_per_cause(entries: Iterable[Entry]) -> list[Entry]:
    """One entry for what is said in the same words."""
    causes: dict[tuple[str, str, str], list[Entry]] = {}
    for each in entries:
        note = each.note
        causes.setdefault((note.severity, note.rule, note.message), []).append(each)
    return list(map(_joined, causes.values()))


def _joined(entries: Sequence[Entry]) -> Entry:
    first, *others = sorted((each.note for each in entries), key=lambda each: each.sort_key)
    copies = {copy: None for each in entries for copy in each.copies}
    return Entry(first, tuple(others), tuple(sorted(copies)))


def _bounded(entries: Iterable[Entry]) -> list[Entry]:
    """At most `MOST_ALIKE` entries of one rule in one skill. The entries must be sorted."""
    found: list[Entry] = []
    for _, group in groupby(entries, key=lambda each: (each.note.severity, each.note.skill)):
        by_rule: dict[str, list[Entry]] = {}
        for each in group:
            by_rule.setdefault(each.note.rule, []).append(each)
        shown = []
        for alike in by_rule.values():
            shown += alike[:MOST_ALIKE]
            if more := len(alike[MOST_ALIKE:]):
                shown[-1] = shown[-1]._replace(more=more)
        found += sorted(shown, key=lambda each: each.note.sort_key)
    return found
