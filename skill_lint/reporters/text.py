"""What a person reads first: each cause once, the most severe first; of many skills an overview."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import groupby

from skill_lint.report.report import Report
from skill_lint.reporters import notes
from skill_lint.reporters.escape import visible
from skill_lint.reporters.folding import Entry, folded, without_copies
from skill_lint.reporters.look import Look
from skill_lint.reporters.notes import Note, notes_of
from skill_lint.reporters.wrap import bounded, wrapped
from skill_lint.text.plural import count

MOST_SKILLS = 20
"""Skills with findings that are reported one by one; of more there is an overview."""
MOST_PLACES = 5
"""Places of one cause, and copies of a skill, that are named."""

_Place = tuple[str, str]
"""The path of a skill, and a place in it."""

skill = notes.skill


def joined(texts: Iterable[str], copies: Mapping[str, str], look: Look) -> str:
    """The report, from what `skill` gives for each skill."""
    return _text(notes.read(texts), copies, look)


def render(report: Report, look: Look) -> str:
    return _text(list(notes_of(report.diagnostics)), report.copies, look)


def _text(found: Sequence[Note], copies: Mapping[str, str], look: Look) -> str:
    if look.is_all:
        entries = [Entry(each) for each in sorted(found, key=lambda each: each.sort_key)]
    else:
        entries = without_copies(found, copies)
        if len({each.note.skill for each in entries}) > MOST_SKILLS:
            # Lazy import: few runs are about so many skills.
            from skill_lint.reporters import overview

            return overview.text(entries, look)
        entries = folded(entries)
    blocks = []
    for _, group in groupby(entries, key=lambda each: each.note.severity):
        blocks.append("".join(f"{line}\n" for each in group for line in _lines(each, look)))
    return "".join(f"{block}\n" for block in blocks)


def _lines(entry: Entry, look: Look) -> Iterator[str]:
    """`severity rule: message`, and below it each place, which a terminal can open."""
    note = entry.note
    title = f"{note.severity} {note.rule}"
    lines = wrapped(f"{title}: {bounded(note.message)}", look.columns, 2, first=0)
    # A narrow terminal has the rule on the second line.
    line = 0 if lines[0].startswith(title) else 1
    lines[line] = lines[line].replace(note.rule, look.link(note.rule, note.url), 1)
    severity = look.severity(note.severity, note.severity, "bold")
    lines[0] = severity + lines[0].removeprefix(note.severity)
    yield from lines
    places = [(each.skill, place) for each in (note, *entry.others) for place in each.places]
    # No line is spent on saying that one line is left out.
    most = MOST_PLACES if len(places) > MOST_PLACES + 1 else len(places)
    for _, place in places[:most]:
        # Never wrapped, because a path is one word whatever blanks it has.
        yield "    " + look.paint(visible(place), "cyan")
    for text in _elsewhere(entry, places[:most], places[most:]):
        yield from wrapped(text, look.columns, 4)


def _elsewhere(entry: Entry, named: Sequence[_Place], left: Sequence[_Place]) -> Iterator[str]:
    """Where else the same holds, in words."""
    if left:
        skills = {skill for skill, _ in left} - {skill for skill, _ in named}
        where = f" in {count(len(skills), 'more skill')}" if skills else ""
        yield f"and {count(len(left), 'more place')}{where}"
    if entry.copies:
        names = ", ".join(f"`{visible(each)}`" for each in entry.copies[:MOST_PLACES])
        more = len(entry.copies) - MOST_PLACES
        copies = "its copy" if len(entry.copies) == 1 else "its copies"
        yield f"and in {copies} {names}" + (f" and {more:,} more" if more > 0 else "")
    if entry.more:
        yield f"and {entry.more:,} more of this rule in the skill; --all shows each"
