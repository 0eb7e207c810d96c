"""Fix all skills of a run on the disk."""

from collections import Counter
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from skill_lint.config.config import Config
from skill_lint.diagnostic import Diagnostic
from skill_lint.discovery.roots import Discovery
from skill_lint.engine.check import check
from skill_lint.fixing.loop import Eligible, FixResult, Refusal, fix_all
from skill_lint.fixing.write import Unwritten, write


class Written(NamedTuple):
    """What a run has fixed, and what it could not fix."""

    fixed: Sequence[Diagnostic] = ()
    refused: Sequence[Refusal] = ()
    unwritten: Sequence[Unwritten] = ()


def write_all(found: Discovery, config: Config, eligible: Eligible) -> Written:
    """Fix what is eligible, skill by skill."""
    fixed, refused, unwritten = list[Diagnostic](), list[Refusal](), list[Unwritten]()
    for result in fix_all(found, config, eligible):
        failed = write(result.before, result.after, found.tops)
        refused += result.refused
        unwritten += failed
        fixed += _really_fixed(result, config) if failed else result.fixed
    return Written(fixed, refused, unwritten)


def _really_fixed(result: FixResult, config: Config) -> Iterator[Diagnostic]:
    """The findings that are gone from the disk, after a file could not be written."""
    found = check(result.before.reopened(), config.active)
    left = Counter((each.rule, each.message) for each in found)
    for each in result.fixed:
        if not left[each.rule, each.message]:
            yield each


def problems(refused: Sequence[Refusal], unwritten: Sequence[Unwritten] = ()) -> Iterator[str]:
    """A message for each fix and each file that should have been changed and was not."""
    for refusal in refused:
        each = refusal.diagnostic
        place = f"{each.path}:{each.region.line}:{each.region.column}"
        yield f"{place}: {each.rule} is not fixed: {refusal.reason}"
    for path, reason in unwritten:
        yield f"{path}: is not fixed: {reason}"
