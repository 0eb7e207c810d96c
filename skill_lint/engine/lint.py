"""Skills × rules → report."""

import os
from collections.abc import Iterator, Mapping, Sequence
from contextlib import nullcontext
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from skill_lint.collection.copies import copies, likeness
from skill_lint.collection.facts import Facts
from skill_lint.config.config import Config
from skill_lint.diagnostic import Diagnostic
from skill_lint.discovery.roots import Discovery
from skill_lint.discovery.walk import discover
from skill_lint.engine.causes import one_per_cause
from skill_lint.engine.events import led_out, report
from skill_lint.engine.fingerprints import fingerprinted
from skill_lint.engine.result import FactsDigest, SkillResult
from skill_lint.engine.scheduler import Scheduler
from skill_lint.engine.silence import with_silence
from skill_lint.engine.task import LintTask
from skill_lint.filesystem.paths import Root
from skill_lint.filesystem.snapshot import Snapshot
from skill_lint.report.report import Report
from skill_lint.rule import COLLECTION
from skill_lint.skill.draft import Draft

if TYPE_CHECKING:
    from concurrent.futures import Executor

    from skill_lint.collection.collection import Extent
    from skill_lint.engine.check_collection import CollectionResult


def lint(
    paths: str | Path | Sequence[str | Path] = ".",
    config: Config | None = None,
    *,
    overlay: Mapping[Path, bytes] | None = None,
    executor: "Executor | None" = None,
) -> Report:
    """Check every skill at or below `paths`. One cause in one file is one diagnostic.

    `overlay` maps absolute file paths to contents to read in place of what is on the disk. The
    skills are spread over the workers of `executor`, which must see the same files; without one,
    they are checked in this process. Raises `NothingFound` where a path does not exist or no skill
    is found.
    """
    config = config or Config()
    found = discover([paths] if isinstance(paths, str | Path) else paths, config)
    scheduler = Scheduler(spread=lambda _: nullcontext(executor))
    report = lint_discovered(found, config, overlay=overlay, scheduler=scheduler).report
    return report._replace(diagnostics=tuple(one_per_cause(report.diagnostics)))


class LintResult(NamedTuple):
    """The report of a run, and what the cache needs to keep it.

    The report has a diagnostic for each place; `one_per_cause` makes one of those with one cause.

    `inputs` is what was read from the disk to lint the skills. `of_collection` are the findings of
    the collection rules. `content_used` are the paths of the skills whose body or files a
    collection rule read. `facts_digests` and `external_inputs` are those of `SkillResult`, by the
    path of the skill; `likenesses` are the same for copies of a skill.
    """

    report: Report
    inputs: Snapshot
    of_collection: Sequence[Diagnostic]
    content_used: frozenset[str]
    facts_digests: Mapping[str, FactsDigest]
    external_inputs: Mapping[str, tuple[str, ...]]
    likenesses: Mapping[str, str]


def lint_skills(found: Discovery, config: Config, *, fingerprints: bool = False) -> Report:
    """Check the skills that discovery found, with a diagnostic for each place.

    `fingerprints` are for SARIF.
    """
    return lint_discovered(found, config, fingerprints=fingerprints).report


def lint_discovered(
    found: Discovery,
    config: Config,
    *,
    overlay: Mapping[Path, bytes] | None = None,
    fingerprints: bool = False,
    scheduler: Scheduler = Scheduler(),  # noqa: B008 - it is frozen
    root: Root | None = None,
) -> LintResult:
    """Check the skills that discovery found.

    `overlay` is as for `lint`, `root` as for `discover`.
    """
    drafts = _drafts(found, overlay, root or Root()) if overlay else {}
    recording = scheduler.results is not None
    task = LintTask(config.active, drafts, fingerprints, recording)
    inputs = Snapshot()
    results = sorted(scheduler.lint(task, found.skills, inputs), key=lambda each: each.info.path)
    of_collection, content_used = list[Diagnostic](), frozenset[str]()
    if has_collection_rules(task):
        others = list(scheduler.facts(task, found.others, inputs))
        of_collection, content_used = _check_collection(task, results, others, found)
    likenesses = {each.info.path: likeness(each.facts) for each in results}
    report = _report(found, config, results, of_collection)
    return LintResult(
        report._replace(copies=copies(likenesses)),
        inputs,
        of_collection,
        content_used,
        facts_digests={each.info.path: each.facts_digest for each in results},
        external_inputs={each.info.path: each.external_inputs for each in results},
        likenesses=likenesses,
    )


def _report(
    found: Discovery,
    config: Config,
    results: Sequence[SkillResult],
    of_collection: Sequence[Diagnostic],
) -> Report:
    own = [diagnostic for each in results for diagnostic in each.diagnostics]
    own += _led_out(found, config)
    # A collection rule may report what a rule that sees one skill reports too.
    found_here = with_silence((*own, *of_collection))
    diagnostics = sorted(found_here, key=lambda diagnostic: diagnostic.sort_key)
    speaking = [each for each in diagnostics if not each.silent_for]
    return Report(
        diagnostics=tuple(each for each in speaking if each.suppression is None),
        suppressed=tuple(each for each in speaking if each.suppression is not None),
        silent=tuple(each for each in diagnostics if each.silent_for),
        rules=config.active,
        linted=tuple(each.info.path for each in results),
        skills=tuple(each.info for each in results),
        skipped=tuple(sorted(found.skipped, key=lambda skipped: skipped.path)),
        notes=found.notes,
        failing=config.failing,
    )


def _led_out(found: Discovery, config: Config) -> Iterator[Diagnostic]:
    """The findings on skills that are not read, because their SKILL.md leads out."""
    for each in found.led_out:
        path = "SKILL.md" if each.shown == "." else f"{each.shown}/SKILL.md"
        link = os.fspath(each.path / "SKILL.md")
        yield from report([led_out(path, link)], each.shown, config.active)


def has_collection_rules(task: LintTask) -> bool:
    """Whether rules of the family `collection` run."""
    return any(each.rule.family == COLLECTION for each in task.active)


def extent_of(found: Discovery) -> "Extent":
    """How much of a collection discovery has found."""
    # Lazy import: most runs of a single skill have nothing to compare.
    from skill_lint.collection.collection import Extent

    unread = [*(each.path for each in found.skipped), *(each.shown for each in found.led_out)]
    return Extent(found.whole, tuple(found.tops), tuple(unread))


def _check_collection(
    task: LintTask, results: Sequence[SkillResult], others: Sequence[Facts], found: Discovery
) -> "CollectionResult":
    # Lazy import: many runs have no collection rules.
    from skill_lint.engine.check_collection import check_collection

    facts = [*(each.facts for each in results), *others]
    suppressions = [each for result in results for each in result.suppressions]
    focus = frozenset(result.info.path for result in results)
    checked = check_collection(facts, focus, task.active, suppressions, extent=extent_of(found))
    if not task.fingerprints:
        return checked
    roots = {root.shown: root for root in (*found.skills, *found.others)}
    by_skill: dict[str, list[Diagnostic]] = {}
    for each in checked.diagnostics:
        by_skill.setdefault(each.skill, []).append(each)
    marked: list[Diagnostic] = []
    for path, own in sorted(by_skill.items()):
        marked += fingerprinted(own, roots[path].open(task.drafts.get(path)))
    return checked._replace(diagnostics=marked)


def _drafts(found: Discovery, overlay: Mapping[Path, bytes], root: Root) -> dict[str, Draft]:
    """The contents of an overlay as drafts of the skills they lie in, by the skills' paths."""
    drafts = dict[str, Draft]()
    for skill in found.skills:
        folder = root.absolute_of(skill.path)
        texts = {
            path.relative_to(folder).as_posix(): content
            for path, content in overlay.items()
            if path.is_relative_to(folder)
        }
        if texts:
            drafts[skill.shown] = Draft(texts)
    return drafts
