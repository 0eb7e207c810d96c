"""What a run prints about fixes: a diff, and what could not be fixed."""

from collections.abc import Sequence

from skill_lint.cli.terminal.write import printable, say, warn, write
from skill_lint.fixing.diff import diff
from skill_lint.fixing.loop import FixResult, Refusal
from skill_lint.fixing.write import Unwritten
from skill_lint.fixing.write_all import problems
from skill_lint.text.plural import count


def show_problems(refused: Sequence[Refusal], unwritten: Sequence[Unwritten] = ()) -> None:
    for problem in problems(refused, unwritten):
        warn(problem)


def show_diff(result: FixResult, prefix: str) -> None:
    """Print the diff of one skill. `prefix` is the run's root, relative to the repository's."""
    write(printable(diff(result.before, result.after, prefix)))
    show_problems(result.refused)


def show_total(findings: int, skills: int) -> None:
    """Print how many findings would be fixed, in how many skills."""
    would = f"would fix {count(findings, 'finding')} in {count(skills, 'skill')}"
    say(would if findings else "nothing to fix")
