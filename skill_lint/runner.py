"""Skills × rules → Report."""

import os
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager, nullcontext
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from skill_lint.checker import ACROSS, Examined, Task, fingerprinted
from skill_lint.collection.facts import Facts
from skill_lint.config import ActiveRule, Config
from skill_lint.diagnostic import Diagnostic, Report, RuleInfo
from skill_lint.discover import Discovery, SkillRoot, discover
from skill_lint.skill.draft import Draft
from skill_lint.skill.skill import Skill
from skill_lint.watch import Watch

if TYPE_CHECKING:
    from concurrent.futures import Executor

    from skill_lint.cache.results import Results

Spread = Callable[[int], AbstractContextManager["Executor | None"]]
"""Takes a number of skills, and gives the workers to spread them over; None for this process."""
_Examine = Callable[[Task, Sequence[SkillRoot]], Iterator[Examined]]


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
    return lint_skills(found, config, overlay=overlay, spread=lambda _: nullcontext(executor))


def lint_skills(
    found: Discovery,
    config: Config,
    *,
    overlay: Mapping[Path, bytes] | None = None,
    fingerprints: bool = False,
    spread: Spread = lambda _: nullcontext(None),
    results: "Results | None" = None,
) -> Report:
    """Check the skills that discovery found; `fingerprints` are for SARIF.

    `spread` gives the workers for a number of skills; `results` are those of earlier runs.
    """
    drafts = {
        root.shown: Draft(texts) for root in found.skills if (texts := _inside(root.path, overlay))
    }
    task = Task(config.active, drafts, fingerprints, watching=results is not None)
    examine = partial(_examined, spread=spread, results=results, watch=found.watch)
    examined = sorted(examine(task, found.skills), key=lambda each: each.info.path)
    diagnostics = [diagnostic for each in examined for diagnostic in each.diagnostics]
    if any(each.rule.family == ACROSS for each in task.active):
        others = [each.facts for each in _others(task, found.others, examine, results)]
        diagnostics += _across(task, examined, others, found)
    diagnostics.sort(key=lambda diagnostic: diagnostic.sort_key)
    return Report(
        diagnostics=tuple(each for each in diagnostics if each.suppression is None),
        suppressed=tuple(each for each in diagnostics if each.suppression is not None),
        rules=tuple(_info(rule) for rule in config.active),
        linted=tuple(each.info.path for each in examined),
        skills=tuple(each.info for each in examined),
        skipped=tuple(sorted(found.skipped, key=lambda skipped: skipped.path)),
    )


def _across(
    task: Task, results: Sequence[Examined], others: Sequence[Facts], found: Discovery
) -> Iterator[Diagnostic]:
    """What the rules across skills say."""
    # Late, for most runs of a single skill have nothing to compare.
    from skill_lint.collection.judge import judge

    facts = [*(each.facts for each in results), *others]
    allowances = [each for result in results for each in result.allowances]
    focus = frozenset(result.info.path for result in results)
    judged = judge(facts, focus, task.active, allowances, whole=found.whole)
    if not task.fingerprints:
        yield from judged
        return
    roots = {root.shown: root for root in (*found.skills, *found.others)}
    for path in sorted({each.skill for each in judged}):
        skill = Skill(roots[path].path, path, task.drafts.get(path))
        yield from fingerprinted([each for each in judged if each.skill == path], skill)


def _others(
    task: Task, roots: Sequence[SkillRoot], examine: "_Examine", results: "Results | None"
) -> Iterable[Examined]:
    """What is known of skills that are not linted, or by a light read, without any rule."""
    known = results.known(task, roots) if results else {}
    light = replace(task, active=())
    yield from known.values()
    yield from examine(light, [root for root in roots if root.shown not in known])


def _examined(
    task: Task,
    roots: Sequence[SkillRoot],
    *,
    spread: Spread,
    results: "Results | None",
    watch: Watch,
) -> Iterator[Examined]:
    """The result for each skill, in no particular order: of an earlier run, or of this one.

    What they depend on is added to `watch`.
    """
    known = results.known(task, roots) if results else {}
    missing = [root for root in roots if root.shown not in known]
    with spread(len(missing)) as executor:
        fresh = list(_fresh(task, missing, executor))
    if results:
        by_path = {root.shown: root for root in missing}
        results.keep(task, ((by_path[each.info.path], each) for each in fresh))
    for each in (*known.values(), *fresh):
        if each.watch is not None:
            watch.add(each.watch)
        yield replace(each, watch=None)


def _fresh(
    task: Task, roots: Sequence[SkillRoot], executor: "Executor | None"
) -> Iterable[Examined]:
    if executor is None:
        return task(roots)
    # Late, for what it imports takes longer than to lint a small skill.
    from skill_lint.workers import examined

    return examined(task, roots, executor)


def _info(active: ActiveRule) -> RuleInfo:
    rule = active.rule
    texts = (rule.summary, rule.why, rule.remedy, rule.bad, rule.good)
    return RuleInfo(rule.name, rule.family, active.severity, *texts, rule.url)


def _inside(root: Path, overlay: Mapping[Path, bytes] | None) -> dict[str, bytes]:
    if not overlay:
        return {}
    top = Path(os.path.abspath(root))  # noqa: PTH100
    return {
        path.relative_to(top).as_posix(): content
        for path, content in overlay.items()
        if path.is_relative_to(top)
    }
