"""Update an earlier run: lint only the skills that changed, and reuse the rest of the report.

The skills and the rules are those of the earlier run. If skills were added or removed, or a rule
crashes, `update` returns None: an ordinary run is needed.
"""

from collections.abc import Callable, Collection, Sequence
from pathlib import Path

from skill_lint.cache.report_parts import ReportParts, SkillPart, by_path, of_bytes
from skill_lint.cache.runs import KeptRun
from skill_lint.cache.skill_results import SkillResults
from skill_lint.collection.copies import likeness
from skill_lint.config.config import Config
from skill_lint.diagnostic import Diagnostic
from skill_lint.discovery.roots import SkillRoot
from skill_lint.engine.causes import one_per_cause
from skill_lint.engine.lint import has_collection_rules
from skill_lint.engine.result import SkillResult
from skill_lint.engine.scheduler import Scheduler
from skill_lint.engine.silence import with_silence
from skill_lint.engine.task import LintTask
from skill_lint.filesystem.snapshot import Snapshot
from skill_lint.report.counts import skill_counts
from skill_lint.report.tally import tally

Render = Callable[[Sequence[Diagnostic]], str]
"""Gives the text that is printed for one skill's findings."""


def update(
    before: KeptRun, config: Config, scheduler: Scheduler, render: Render
) -> ReportParts | None:
    """The report of an earlier run, brought up to date; None if an ordinary run is needed.

    `before` gets the new inputs and the new report.
    """
    known = of_bytes(before.parts)
    if known is None:
        return None
    update = _Update(known, config, scheduler)
    parts = update.parts(known.depending_on(before.changed), render)
    if parts is not None:
        before.skill_inputs = before.skill_inputs.without(before.changed)
        before.skill_inputs.add(update.inputs)
        before.parts = parts.to_bytes()
    return parts


class _Update:
    def __init__(self, known: ReportParts, config: Config, scheduler: Scheduler) -> None:
        self.known, self.scheduler = known, scheduler
        self.task = LintTask(config.active, {}, recording=True)
        self.limits = config.effective_limits
        self.inputs = Snapshot()
        self.results: dict[str, SkillResult] = {}
        """The results of the skills that were linted again, by path."""

    def parts(self, changed: Collection[str], render: Render) -> ReportParts | None:
        """The report after these skills have changed; None if an ordinary run is needed."""
        self._lint(changed)
        parts = self.known.skills if self._finds_same_in_collection() else self._check_collection()
        if parts is None:
            return None
        # The collection rules may find something new in skills that have not changed.
        pairs = zip(parts, self.known.skills, strict=True)
        self._lint([new.path for new, old in pairs if new.of_collection != old.of_collection])
        if any(_has_bug(each.diagnostics) for each in self.results.values()):
            return None
        return self.known._replace(skills=tuple(self._part(each, render) for each in parts))

    def _finds_same_in_collection(self) -> bool:
        """Whether the collection rules, if any run, would find the same as before."""
        now = {path: each.facts_digest for path, each in self.results.items()}
        return not has_collection_rules(self.task) or all(
            each.is_same_to_others(now.get(each.path, each.facts_digest))
            for each in self.known.skills
        )

    def _lint(self, skills: Collection[str]) -> None:
        roots = [self._root(each) for each in self.known.skills if each.path in skills]
        missing = [root for root in roots if root.shown not in self.results]
        found = self.scheduler.lint(self.task, missing, self.inputs)
        self.results |= {each.info.path: each for each in found}

    def _root(self, part: SkillPart) -> SkillRoot:
        return SkillRoot(Path(part.root), part.path, limits=self.limits)

    def _check_collection(self) -> tuple[SkillPart, ...] | None:
        """The parts with the new findings of the collection rules.

        None if the cache lacks the facts of a skill, or a rule crashes.
        """
        # Lazy import: if no fact that matters has changed, no collection rule runs.
        from skill_lint.engine.check_collection import check_collection

        parts = self.known.skills
        others = [each for each in parts if each.path not in self.results]
        digests = {each.path: each.facts_digest for each in others}
        assert isinstance(self.scheduler.results, SkillResults)
        facts = self.scheduler.results.facts(self.task, list(map(self._root, others)), digests)
        if len(facts) < len(others):
            return None
        facts |= {path: (each.facts, each.suppressions) for path, each in self.results.items()}
        checked = check_collection(
            [facts[each.path][0] for each in parts],
            frozenset(facts),
            self.task.active,
            [suppression for each in parts for suppression in facts[each.path][1]],
            extent=self.known.extent,
        )
        if _has_bug(checked.diagnostics):
            return None
        found, used = by_path(checked.diagnostics), checked.content_used
        return tuple(
            each._replace(of_collection=found.get(each.path, ()), content_used=each.path in used)
            for each in parts
        )

    def _part(self, part: SkillPart, render: Render) -> SkillPart:
        new = self.results.get(part.path)
        if new is None:
            return part
        places = with_silence((*new.diagnostics, *part.of_collection))
        found = one_per_cause(each for each in places if each.is_open)
        return part._replace(
            facts_digest=new.facts_digest,
            external_inputs=new.external_inputs,
            text=render(found) if found else "",
            likeness=likeness(new.facts),
            tally=tuple(tally(found).items()),
            counts=skill_counts(found),
        )


def _has_bug(found: Sequence[Diagnostic]) -> bool:
    return any(each.rule == "internal-error" for each in found)
