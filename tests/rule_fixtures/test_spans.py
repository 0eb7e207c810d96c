"""The fixtures pin where a finding ends: a rule that marks too little or too much is noticed.

Wherever a region is made, its end is made wrong. Then each rule must say something else of a case
than `expected.txt` holds.
"""

import re
from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple

import pytest

from skill_lint import Region
from skill_lint.rules.registry import load_rules
from tests.support.check import check
from tests.support.fixtures import CASES, WITHOUT_FIXTURES, expected, linted_in, options

Ends = Callable[[int, int, int, int], tuple[int, int]]
"""Takes a region, and gives where it is said to end: a line and a column."""

_PLACE = re.compile(r"^(?:  related: )?(?! )(.+?):(\d+:\d+)-(\d+:\d+) ", re.MULTILINE)


class Place(NamedTuple):
    """What a finding marks, or what belongs to it."""

    path: str
    start: str
    end: str


def places(text: str) -> list[Place]:
    return [Place(*match.groups()) for match in _PLACE.finditer(text)]


def marked(case: Path) -> list[Place]:
    """The places of a case where there is something to underline."""
    return [each for each in places(expected(case)) if each.start != each.end]


FIRING = {
    name: cases
    for name in load_rules()
    if (cases := [case for case in CASES if case.parent.name == name and expected(case)])
}
WHOLE_FILE = {name for name, cases in FIRING.items() if not any(map(marked, cases))}
"""Rules that mark nothing in any case, for they speak of a whole file or folder."""


def nothing(line: int, column: int, end_line: int, end_column: int) -> tuple[int, int]:
    return line, column


def one_more(line: int, column: int, end_line: int, end_column: int) -> tuple[int, int]:
    return end_line, end_column + 1


@pytest.mark.parametrize("ends", [nothing, one_more])
@pytest.mark.parametrize("name", sorted(FIRING))
def test_a_wrong_end_is_noticed(
    name: str,
    ends: Ends,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capfd: pytest.CaptureFixture[str],
) -> None:
    # One case is enough, and the one with the most to underline shows the most.
    case = max(FIRING[name], key=lambda case: len(marked(case)))
    monkeypatch.chdir(linted_in(case, tmp_path))

    def said() -> list[Place]:
        check(name, [".", *options(case)])
        return places(capfd.readouterr().out)

    right = said()
    assert right == places(expected(case))
    spoil(monkeypatch, ends)
    wrong = said()
    # To empty what is empty changes nothing; every other place must be seen to end elsewhere.
    assert [each[:2] for each in wrong] == [each[:2] for each in right]
    missed = [old for old, new in zip(right, wrong, strict=True) if old == new]
    assert missed == ([each for each in right if each.start == each.end] if ends is nothing else [])


def spoil(monkeypatch: pytest.MonkeyPatch, ends: Ends) -> None:
    """Make each region end where `ends` says, whoever makes it."""
    make = Region.__new__

    def made(cls: type[Region], line: int, column: int, end_line: int, end_column: int) -> Region:
        return make(cls, line, column, *ends(line, column, end_line, end_column))

    monkeypatch.setattr(Region, "__new__", made)


@pytest.mark.parametrize("name", sorted(WHOLE_FILE))
def test_a_rule_that_marks_nothing_speaks_of_a_whole_file(name: str) -> None:
    found = {each[1:] for case in FIRING[name] for each in places(expected(case))}
    assert found == {("1:1", "1:1")}


def test_every_rule_is_tried() -> None:
    print(f"{len(FIRING)} rules, {len(FIRING) - len(WHOLE_FILE)} of which mark something")
    assert FIRING.keys() == load_rules().keys() - WITHOUT_FIXTURES
