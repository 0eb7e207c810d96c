"""Skills × rules → Report."""

import os
from collections.abc import Iterator, Mapping, Sequence
from contextlib import nullcontext
from pathlib import Path
from typing import TYPE_CHECKING

from skill_lint.checker import ACROSS, Examined, Task, fingerprinted
from skill_lint.collection.facts import Facts
from skill_lint.config import Config
from skill_lint.diagnostic import Diagnostic, Report
from skill_lint.discover import Discovery, discover
from skill_lint.examiner import Examiner
from skill_lint.skill.draft import Draft
from skill_lint.skill.skill import Skill

if TYPE_CHECKING:
    from concurrent.futures import Executor


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
    return lint_skills(
        found, config, overlay=overlay, examiner=Examiner(spread=lambda _: nullcontext(executor))
    )


def lint_skills(
    found: Discovery,
    config: Config,
    *,
    overlay: Mapping[Path, bytes] | None = None,
    fingerprints: bool = False,
    examiner: Examiner = Examiner(),  # noqa: B008 - it is frozen
) -> Report:
    """Check the skills that discovery found; `fingerprints` are for SARIF."""
    drafts = {
        root.shown: Draft(texts) for root in found.skills if (texts := _inside(root.path, overlay))
    }
    task = Task(config.active, drafts, fingerprints, watching=examiner.results is not None)
    found_out = examiner.examine(task, found.skills, found.watch)
    examined = sorted(found_out, key=lambda each: each.info.path)
    diagnostics = [diagnostic for each in examined for diagnostic in each.diagnostics]
    if any(each.rule.family == ACROSS for each in task.active):
        others = list(examiner.facts(task, found.others, found.watch))
        diagnostics += _across(task, examined, others, found)
    diagnostics.sort(key=lambda diagnostic: diagnostic.sort_key)
    return Report(
        diagnostics=tuple(each for each in diagnostics if each.suppression is None),
        suppressed=tuple(each for each in diagnostics if each.suppression is not None),
        rules=config.active,
        linted=tuple(each.info.path for each in examined),
        skills=tuple(each.info for each in examined),
        skipped=tuple(sorted(found.skipped, key=lambda skipped: skipped.path)),
    )


def _across(
    task: Task, results: Sequence[Examined], others: Sequence[Facts], found: Discovery
) -> Iterator[Diagnostic]:
    """What the rules across skills say."""
    # Late, for most runs of a single skill have nothing to compare.
    from skill_lint.collection.collection import Extent
    from skill_lint.collection.judge import judge

    facts = [*(each.facts for each in results), *others]
    allowances = [each for result in results for each in result.allowances]
    focus = frozenset(result.info.path for result in results)
    extent = Extent(found.whole, tuple(found.tops), tuple(each.path for each in found.skipped))
    judged = judge(facts, focus, task.active, allowances, extent=extent)
    if not task.fingerprints:
        yield from judged
        return
    roots = {root.shown: root for root in (*found.skills, *found.others)}
    for path in sorted({each.skill for each in judged}):
        root = roots[path]
        skill = Skill(root.path, path, task.drafts.get(path), limits=root.limits)
        yield from fingerprinted([each for each in judged if each.skill == path], skill)


def _inside(root: Path, overlay: Mapping[Path, bytes] | None) -> dict[str, bytes]:
    if not overlay:
        return {}
    top = Path(os.path.abspath(root))  # noqa: PTH100
    return {
        path.relative_to(top).as_posix(): content
        for path, content in overlay.items()
        if path.is_relative_to(top)
    }
