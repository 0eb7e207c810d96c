"""The work on each skill, as data that can be sent to other processes and machines."""

from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple

from skill_lint.collection.facts import Facts, facts_of
from skill_lint.discovery.roots import SkillRoot
from skill_lint.engine.check import check, place_of
from skill_lint.engine.events import Event, crash, report
from skill_lint.engine.fingerprints import fingerprinted
from skill_lint.engine.fixes import with_sound_fixes
from skill_lint.engine.overflow import within_limit
from skill_lint.engine.result import CollectionSuppression, SkillResult
from skill_lint.filesystem.recorder import Recorder
from skill_lint.filesystem.snapshot import Snapshot
from skill_lint.report.report import SkillInfo
from skill_lint.rule import COLLECTION, ActiveRule, Crash
from skill_lint.rules.registry import load_rules
from skill_lint.skill.draft import Draft
from skill_lint.skill.skill import Skill
from skill_lint.skill.style import style
from skill_lint.skill.suppressions import suppressions
from skill_lint.text.source import START


class LintTask(NamedTuple):
    """The rules that run, and what else a result must have.

    `drafts` are unsaved texts, by the skill's path. `fingerprints` asks for hashes of lines, for
    SARIF; `recording` for the inputs of each result, for the cache.
    """

    active: tuple[ActiveRule, ...]
    drafts: Mapping[str, Draft]
    fingerprints: bool = False
    recording: bool = False

    def lint_all(self, roots: Sequence[SkillRoot]) -> list[SkillResult]:
        return [self.lint(root) for root in roots]

    def lint(self, root: SkillRoot) -> SkillResult:
        """Lint one skill. A bug of skill-lint becomes a finding of that skill."""
        recorder = Recorder(is_recording=self.recording)
        skill = root.open(self.drafts.get(root.shown), recorder)
        try:
            return self._lint(skill)
        except Exception as error:
            return self._crashed(root, crash("", place_of(skill), error))

    def _lint(self, skill: Skill) -> SkillResult:
        if not self.active:  # Only the facts are wanted.
            info, facts = SkillInfo(skill.path, "v2", "none", ""), facts_of(skill)
            return SkillResult(info, (), facts, inputs=self._inputs(skill))
        found = within_limit(check(skill, self.active), skill, self.active)
        diagnostics = list(with_sound_fixes(found, skill))
        if self.fingerprints:
            diagnostics = list(fingerprinted(diagnostics, skill))
        info = SkillInfo(skill.path, skill.format, *style(skill))
        facts, comments = facts_of(skill), tuple(_of_collection(skill, self.active))
        return SkillResult(info, tuple(diagnostics), facts, comments, self._inputs(skill))

    def _inputs(self, skill: Skill) -> Snapshot | None:
        return skill.directory.inputs if self.recording else None

    def crashed(self, root: SkillRoot, error: str) -> SkillResult:
        """The result of a skill that could not be linted at all."""
        place = place_of(root.open())
        return self._crashed(root, ("internal-error", Crash("", place, error, "")))

    def _crashed(self, root: SkillRoot, event: Event) -> SkillResult:
        found = tuple(report([event], root.shown, self.active))
        info = SkillInfo(root.shown, "v2", "none", "it could not be examined")
        place = place_of(root.open()).place(START)
        return SkillResult(info, found, Facts(root.shown, place))


def _of_collection(skill: Skill, active: Sequence[ActiveRule]) -> Iterator[CollectionSuppression]:
    """The comments that suppress collection rules, which run after all skills were linted."""
    names = {rule.rule.name for rule in active if rule.rule.family == COLLECTION}
    for each in suppressions(skill, load_rules()) if names else ():
        if each.rule in names:
            found = report([("unused-suppression", each)], skill.path, active)
            # A run over one skill cannot tell whether another skill makes the comment needed.
            unused = tuple(diagnostic._replace(fix=None) for diagnostic in found)
            yield CollectionSuppression(each.rule, each.path, each.lines, each.reason, unused)
