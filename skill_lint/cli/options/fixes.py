"""`--fix` and `--diff`: mend what the run would report, or show what mending would change."""

import argparse
import sys
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from typing import TYPE_CHECKING, NamedTuple

from skill_lint.cli.error import UsageError
from skill_lint.cli.options import output
from skill_lint.config.config import Config
from skill_lint.diagnostic import Diagnostic
from skill_lint.discovery.roots import Discovery
from skill_lint.engine.check import check
from skill_lint.report.baseline import Baseline
from skill_lint.reporters.escape import visible
from skill_lint.reporters.summary import count
from skill_lint.skill.skill import Skill

if TYPE_CHECKING:
    from skill_lint.fixing.loop import Eligible, FixResult, Refusal
    from skill_lint.fixing.write import Unwritten


class Mended(NamedTuple):
    """What a run has mended, and what it could not."""

    fixed: Sequence[Diagnostic] = ()
    refused: Sequence["Refusal"] = ()
    unwritten: Sequence["Unwritten"] = ()

    @property
    def problems(self) -> Iterator[str]:
        """A sentence for everything that was to be mended and was not."""
        for refusal in self.refused:
            each = refusal.diagnostic
            place = f"{each.path}:{each.region.line}:{each.region.column}"
            yield f"{place}: {each.rule} is not fixed: {refusal.reason}"
        for path, reason in self.unwritten:
            yield f"{path}: is not fixed: {reason}"


def add_options(parser: argparse.ArgumentParser) -> None:
    group = parser.add_argument_group("fixes")
    group.add_argument("--fix", action="store_true", help="mend what has a safe fix, then lint")
    group.add_argument(
        "--diff", action="store_true",
        help="print what --fix would change, and write nothing; exit 1 if there is anything",
    )  # fmt: skip
    group.add_argument(
        "--unsafe-fixes", action="store_true",
        help="with --fix or --diff: take the fixes as well that someone should look at",
    )  # fmt: skip
    group.add_argument("--show-fixes", action="store_true", help="with --fix: list what was mended")


def settle(options: argparse.Namespace) -> None:
    """Check the options."""
    mends = options.fix or options.diff
    if options.unsafe_fixes and not mends:
        raise UsageError("--unsafe-fixes goes with --fix or --diff")
    if options.show_fixes and not options.fix:
        raise UsageError("--show-fixes goes with --fix")
    if options.diff and (options.fix or options.output_format or options.output):
        raise UsageError("--diff prints a diff and nothing else; leave out --fix and the formats")
    if mends and options.from_stdin:
        raise UsageError("--fix and --diff work on files; editors find each fix in the JSON report")
    if mends and options.new_only:
        raise UsageError("--fix and --diff work on whole files; leave out --new-only")


def mend(
    found: Discovery, config: Config, baseline: Baseline | None, options: argparse.Namespace
) -> Mended:
    """Mend on the disk what the options ask for; nothing without `--fix`."""
    if not options.fix:
        return Mended()
    from skill_lint.fixing.write import write

    fixed, refused, unwritten = list[Diagnostic](), list["Refusal"](), list["Unwritten"]()
    for repair in _repairs(found, config, baseline, options):
        failed = write(repair.before, repair.after)
        refused += repair.refused
        unwritten += failed
        fixed += _really_fixed(repair, config) if failed else repair.fixed
    mended = Mended(fixed, refused, unwritten)
    for problem in mended.problems:
        print(f"skill-lint: {visible(problem)}", file=sys.stderr)
    return mended


def _really_fixed(repair: "FixResult", config: Config) -> Iterator[Diagnostic]:
    """Where something could not be written: the findings that are gone from the disk."""
    skill = Skill(repair.before.root, repair.before.path, limits=repair.before.limits)
    left = Counter((each.rule, each.message) for each in check(skill, config.active))
    for each in repair.fixed:
        if not left[each.rule, each.message]:
            yield each


def show_diff(
    found: Discovery, config: Config, baseline: Baseline | None, options: argparse.Namespace
) -> int:
    """Print the diff. Returns the exit code: 1 where there is any."""
    from skill_lint.fixing.diff import diff

    fixed = skills = 0
    start = output.prefix()
    for repair in _repairs(found, config, baseline, options):
        output.write(output.printable(diff(repair.before, repair.after, start)))
        fixed += len(repair.fixed)
        skills += bool(repair.fixed)
        for problem in Mended(refused=repair.refused).problems:
            print(f"skill-lint: {visible(problem)}", file=sys.stderr)
    if not options.quiet:
        would = f"would fix {count(fixed, 'finding')} in {count(skills, 'skill')}"
        print(would if fixed else "nothing to fix", file=sys.stderr)
    return int(fixed > 0)


def _repairs(
    found: Discovery, config: Config, baseline: Baseline | None, options: argparse.Namespace
) -> Iterator["FixResult"]:
    # Late, for most runs mend nothing.
    from skill_lint.fixing.loop import fix_all

    return fix_all(found, config, eligibility(baseline, options))


def eligibility(baseline: Baseline | None, options: argparse.Namespace) -> "Eligible":
    """Which findings a run mends without a model."""
    allowed = {"safe", "unsafe"} if options.unsafe_fixes else {"safe"}

    def eligible(skill: Skill, diagnostics: Sequence[Diagnostic]) -> Iterable[Diagnostic]:
        reported = would_report(skill, diagnostics, baseline)
        return (each for each in reported if each.fix and each.fix.safety in allowed)

    return eligible


def would_report(
    skill: Skill, diagnostics: Sequence[Diagnostic], baseline: Baseline | None
) -> list[Diagnostic]:
    """Those that a run would report: what it would not, it does not mend either."""
    reported = [each for each in diagnostics if each.suppression is None]
    if baseline is None:
        return reported
    # The baseline knows a file by the name that it has now.
    names = [each._replace(path=_path_now(skill, each.path)) for each in reported]
    new = set(map(id, baseline.split(names)[0]))
    return [each for each, name in zip(reported, names, strict=True) if id(name) in new]


def _path_now(skill: Skill, path: str) -> str:
    return skill.path_of(skill.draft.on_disk(skill.name_of(path)))
