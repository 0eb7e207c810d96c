"""Many skills on one screen: the worst of them, the causes with counts, and what to type next."""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence

from skill_lint.diagnostic import SEVERITIES, Severity
from skill_lint.reporters.causes import Cause, causes, counted
from skill_lint.reporters.escape import visible
from skill_lint.reporters.folding import Entry, without_copies
from skill_lint.reporters.look import USUAL, Look
from skill_lint.reporters.notes import Note
from skill_lint.reporters.shell import quoted
from skill_lint.reporters.table import table
from skill_lint.text.plural import count

WORST = 8
"""Skills that are named."""


def text(found: Sequence[Note], copies: Mapping[str, str], look: Look) -> str:
    """The overview, on at most `look.rows` lines where lines are as long as usual."""
    entries = without_copies(found, copies)
    found_causes, worst = causes(entries), _worst(entries)
    first = [look.paint("The worst skills", "bold"), *_ranked(worst, look), ""]
    last = [look.paint("What to type next", "bold"), *_commands(found_causes, worst, look), ""]
    between = counted(found_causes, look.rows - len(first) - len(last), look)
    return "".join(f"{line}\n" for line in (*first, *between, *last))


def _worst(entries: Sequence[Entry]) -> Sequence[tuple[str, Counter[Severity]]]:
    """The skills with the most errors, then the most warnings, and their findings."""
    counts: dict[str, Counter[Severity]] = {}
    for each in entries:
        counts.setdefault(each.note.skill, Counter())[each.note.severity] += 1
    ordered = sorted(
        counts.items(), key=lambda pair: (*(-pair[1][level] for level in SEVERITIES), pair[0])
    )
    return ordered[:WORST]


def _ranked(worst: Sequence[tuple[str, Counter[Severity]]], look: Look) -> list[str]:
    levels = [level for level in SEVERITIES if any(counts[level] for _, counts in worst)]
    rows = [
        (
            *(count(counts[level], level) if counts[level] else "" for level in levels),
            visible(skill),
        )
        for skill, counts in worst
    ]

    def painted(number: int, cell: str) -> str:
        return look.severity(levels[number], cell) if number < len(levels) else cell

    return table(rows, look.columns, right=range(len(levels)), painted=painted)


def _commands(
    found: Sequence[Cause], worst: Sequence[tuple[str, Counter[Severity]]], look: Look
) -> Iterator[str]:
    """Commands for the terminal behind what each is for. They are not wrapped, to be copied."""
    rule = found[0].rule
    again = look.command
    for what, command in (
        ("the worst skill", f"skill-lint check {quoted(worst[0][0])}"),
        ("why, and how to fix", f"skill-lint explain {rule}"),
        ("this rule everywhere", f"{again} --all --select {rule}"),
        ("every rule, counted", f"{again} --statistics"),
        ("every finding", f"{again} --all"),
        ("the same for CI", f"{again} --output-format concise"),
        ("only new findings", again.replace("check", "baseline", 1)),
    ):
        yield f"  {what:<20}  {command}" if look.columns >= USUAL else f"  {command}"
