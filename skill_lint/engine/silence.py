"""Marks what a rule does not report, because another rule reports the same fault."""

from bisect import bisect_left
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from itertools import accumulate

from skill_lint.diagnostic import SEVERITIES, Diagnostic
from skill_lint.rules.silence import SILENCES, Where

IsSameFault = Callable[[Diagnostic], bool]
_Position = tuple[int, int]


def with_silence(diagnostics: Iterable[Diagnostic]) -> list[Diagnostic]:
    """The diagnostics; each that is not reported names the rule that reports the same fault.

    Those that a comment suppresses silence others too: else to suppress a finding would bring up
    another one.
    """
    by_skill: dict[str, list[Diagnostic]] = {}
    for each in diagnostics:
        by_skill.setdefault(each.skill, []).append(each)
    return [each for group in by_skill.values() for each in _of_skill(group)]


def _of_skill(found: Sequence[Diagnostic]) -> Iterator[Diagnostic]:
    by_rule: dict[str, list[Diagnostic]] = {}
    for each in found:
        by_rule.setdefault(each.rule, []).append(each)
    speakers: dict[int, str] = {}
    for silence in SILENCES:
        quiet = [each for rule in silence.silent for each in by_rule.get(rule, ())]
        for rule in silence.reports if quiet else ():
            for each in _same_faults(silence.where, by_rule.get(rule, ()), quiet):
                speakers.setdefault(id(each), rule)
    for each in found:
        speaker = speakers.get(id(each))
        yield each._replace(silent_for=speaker) if speaker else each


def _same_faults(
    where: Where, speaking: Sequence[Diagnostic], quiet: Sequence[Diagnostic]
) -> Iterator[Diagnostic]:
    """Those in `quiet` whose fault one of `speaking` reports, at least as severely."""
    for number, severity in enumerate(SEVERITIES, 1):
        louder = [each for each in speaking if each.severity in SEVERITIES[:number]]
        if louder:
            is_same = _TESTS[where](louder)
            yield from (each for each in quiet if each.severity == severity and is_same(each))


def _in_skill(speaking: Sequence[Diagnostic]) -> IsSameFault:
    return lambda each: True


def _about_cause(speaking: Sequence[Diagnostic]) -> IsSameFault:
    told = {cause for each in speaking for cause in each.covers or (each.cause,)} - {""}

    def is_told(each: Diagnostic) -> bool:
        return any(
            all(any(part in told for part in _with_folders(cause)) for cause in causes)
            for causes in (each.covers, (each.cause,))
            if causes
        )

    return is_told


def _with_folders(path: str) -> Iterator[str]:
    """A path, and the folders that it lies in: `a/b.md`, `a/`."""
    yield path
    at = path.rstrip("/").rfind("/")
    while at > 0:
        yield path[: at + 1]
        at = path.rfind("/", 0, at)


def _at_place(speaking: Sequence[Diagnostic]) -> IsSameFault:
    by_path: dict[str, list[tuple[_Position, _Position]]] = {}
    for each in speaking:
        by_path.setdefault(each.path, []).append((each.region[:2], each.region[2:]))
    touches = {path: _touching(spans) for path, spans in by_path.items()}
    return lambda each: (
        each.path in touches and touches[each.path](each.region[:2], each.region[2:])
    )


def _touching(
    spans: Sequence[tuple[_Position, _Position]],
) -> Callable[[_Position, _Position], bool]:
    """A test whether a span shares a character with one of these, or is one of them."""
    starts = sorted(start for start, _ in spans)
    # The furthest end of the spans that begin at or before each of them.
    ends = list(accumulate((end for _, end in sorted(spans)), max))
    known = set(spans)

    def touches(start: _Position, end: _Position) -> bool:
        before = bisect_left(starts, end)
        return (start, end) in known or (before > 0 and ends[before - 1] > start)

    return touches


_TESTS: Mapping[Where, Callable[[Sequence[Diagnostic]], IsSameFault]] = {
    "skill": _in_skill,
    "cause": _about_cause,
    "place": _at_place,
}
