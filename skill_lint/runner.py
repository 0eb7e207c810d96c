"""Skills × rules → Report."""

import os
from collections.abc import Mapping, Sequence
from contextlib import nullcontext
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from skill_lint.checker import ACROSS, Examined, KnownAs, Task, fingerprinted
from skill_lint.collection.facts import Facts
from skill_lint.config import Config
from skill_lint.diagnostic import Diagnostic, Report
from skill_lint.discover import Discovery, discover
from skill_lint.examiner import Examiner
from skill_lint.skill.draft import Draft
from skill_lint.skill.skill import Skill
from skill_lint.watch import Watch

if TYPE_CHECKING:
    from concurrent.futures import Executor

    from skill_lint.collection.collection import Extent
    from skill_lint.collection.judge import Judgement


def lint(
    paths: str | Path | Sequence[str | Path] = ".",
    config: Config | None = None,
    *,
    overlay: Mapping[Path, bytes] | None = None,
    executor: "Executor | None" = None,
) -> Report:
    """Check every skill at or below `paths`.

    `overlay` maps absolute file paths to contents to read in place of what is on the disk. The
    skills are spread over the workers of `executor`, which must see the same files; without one,
    they are checked in this process. Raises `NothingFound` where a path does not exist or no skill
    is found.
    """
    config = config or Config()
    found = discover([paths] if isinstance(paths, str | Path) else paths, config)
    examiner = Examiner(spread=lambda _: nullcontext(executor))
    return find_out(found, config, overlay=overlay, examiner=examiner).report


class Outcome(NamedTuple):
    """The report of a run, and what it came from.

    `watch` is what was looked at to check the skills. `judged` is what the rules across skills say.
    `told` says for each skill what they know of it, `looked_into` which they looked into, and
    `beyond` on what a skill depends outside of its folder; see `Examined` and `Judgement`.
    """

    report: Report
    watch: Watch
    judged: Sequence[Diagnostic]
    looked_into: frozenset[str]
    told: Mapping[str, KnownAs]
    beyond: Mapping[str, tuple[str, ...]]


def lint_skills(found: Discovery, config: Config, *, fingerprints: bool = False) -> Report:
    """Check the skills that discovery found; `fingerprints` are for SARIF."""
    return find_out(found, config, fingerprints=fingerprints).report


def find_out(
    found: Discovery,
    config: Config,
    *,
    overlay: Mapping[Path, bytes] | None = None,
    fingerprints: bool = False,
    examiner: Examiner = Examiner(),  # noqa: B008 - it is frozen
) -> Outcome:
    """The same with what the report came from. `overlay` is that of `lint`."""
    drafts = {
        root.shown: Draft(texts) for root in found.skills if (texts := _inside(root.path, overlay))
    }
    task = Task(config.active, drafts, fingerprints, watching=examiner.results is not None)
    watch = Watch()
    found_out = examiner.examine(task, found.skills, watch)
    examined = sorted(found_out, key=lambda each: each.info.path)
    judged, looked_into = list[Diagnostic](), frozenset[str]()
    if judges(task):
        others = list(examiner.facts(task, found.others, watch))
        judged, looked_into = _across(task, examined, others, found)
    diagnostics = [diagnostic for each in examined for diagnostic in each.diagnostics]
    diagnostics = sorted((*diagnostics, *judged), key=lambda diagnostic: diagnostic.sort_key)
    report = Report(
        diagnostics=tuple(each for each in diagnostics if each.suppression is None),
        suppressed=tuple(each for each in diagnostics if each.suppression is not None),
        rules=config.active,
        linted=tuple(each.info.path for each in examined),
        skills=tuple(each.info for each in examined),
        skipped=tuple(sorted(found.skipped, key=lambda skipped: skipped.path)),
    )
    told = {each.info.path: each.known_as for each in examined}
    beyond = {each.info.path: each.beyond for each in examined}
    return Outcome(report, watch, judged, looked_into, told, beyond)


def judges(task: Task) -> bool:
    """Whether rules across skills run."""
    return any(each.rule.family == ACROSS for each in task.active)


def extent_of(found: Discovery) -> "Extent":
    """How much of a collection discovery has found."""
    # Late, for most runs of a single skill have nothing to compare.
    from skill_lint.collection.collection import Extent

    return Extent(found.whole, tuple(found.tops), tuple(each.path for each in found.skipped))


def _across(
    task: Task, results: Sequence[Examined], others: Sequence[Facts], found: Discovery
) -> "Judgement":
    """What the rules across skills say."""
    from skill_lint.collection.judge import judge

    facts = [*(each.facts for each in results), *others]
    allowances = [each for result in results for each in result.allowances]
    focus = frozenset(result.info.path for result in results)
    judgement = judge(facts, focus, task.active, allowances, extent=extent_of(found))
    if not task.fingerprints:
        return judgement
    roots = {root.shown: root for root in (*found.skills, *found.others)}
    marked: list[Diagnostic] = []
    for path in sorted({each.skill for each in judgement.diagnostics}):
        root = roots[path]
        skill = Skill(root.path, path, task.drafts.get(path), limits=root.limits)
        own = [each for each in judgement.diagnostics if each.skill == path]
        marked += fingerprinted(own, skill)
    return judgement._replace(diagnostics=marked)


def _inside(root: Path, overlay: Mapping[Path, bytes] | None) -> dict[str, bytes]:
    if not overlay:
        return {}
    top = Path(os.path.abspath(root))  # noqa: PTH100
    return {
        path.relative_to(top).as_posix(): content
        for path, content in overlay.items()
        if path.is_relative_to(top)
    }
