"""Many skills on one screen: the worst of them, the causes with counts, and what to type next."""

from collections import Counter
from collections.abc import Iterator, Sequence

from skill_lint.diagnostic import SEVERITIES, Severity
from skill_lint.reporters.causes import Cause, causes, counted
from skill_lint.reporters.escape import visible
from skill_lint.reporters.folding import Entry
from skill_lint.reporters.look import USUAL, Look
from skill_lint.reporters.shell import command
from skill_lint.reporters.table import table
from skill_lint.rules.registry import load_rules
from skill_lint.rules.silence import SILENCES
from skill_lint.text.plural import count

SINCE = "--changed-since"
"""An option that `baseline` does not have."""
WORST = 8
"""Skills that are named."""


def text(entries: Sequence[Entry], look: Look) -> str:
    """The overview, on at most `look.rows` lines where lines are as long as usual."""
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
    # Selected alone, a rule says as well what another one reports in its place.
    quiet = {each for silence in SILENCES for each in silence.silent}
    rules = load_rules()
    # Rules about the run itself cannot be selected.
    quiet |= {name for name, each in rules.items() if each.family == "run"}
    whole = next((each.rule for each in found if each.rule not in quiet), rule)
    for what, line in (
        ("the worst skill", _about_one(worst[0][0], look)),
        ("why, and how to fix", f"skill-lint explain {rule}"),
        ("one rule everywhere", command("check", look, "--all", "--select", whole)),
        ("every rule, counted", command("check", look, "--statistics")),
        ("every finding", command("check", look, "--all")),
        ("one a line, for CI", command("check", look, "--output-format", "concise")),
        *([] if SINCE in look.options else [("accept them for now", command("baseline", look))]),
    ):
        yield f"  {what:<20}  {line}" if look.columns >= USUAL else f"  {line}"


def _about_one(skill: str, look: Look) -> str:
    """The command that reports one of the skills, by the same rules."""
    return command("check", look._replace(paths=(skill,)))
