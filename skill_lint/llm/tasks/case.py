"""A case: a task, the findings of one skill, and the state of that skill."""

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass, field

from skill_lint.diagnostic import Diagnostic
from skill_lint.edits.apply import apply
from skill_lint.engine.check import check
from skill_lint.llm.prompt.material import Material
from skill_lint.llm.tasks.task import Change, Task
from skill_lint.rule import ActiveRule
from skill_lint.skill.draft import Draft
from skill_lint.skill.skill import Skill


@dataclass(frozen=True)
class State:
    """A skill with its findings that no comment suppresses, and the skill as it is on the disk.

    `skill` may be changed in memory; `disk` is not.
    """

    skill: Skill
    found: tuple[Diagnostic, ...]
    disk: Skill
    active: Sequence[ActiveRule]

    @classmethod
    def of(cls, skill: Skill, disk: Skill, active: Sequence[ActiveRule]) -> "State":
        found = sorted(check(skill, active), key=lambda each: each.sort_key)
        open_ = tuple(each for each in found if each.suppression is None)
        return cls(skill, open_, disk, active)

    def changed(self, change: Change) -> "State":
        """The state after a change, in memory."""
        draft = apply(self.skill, [change.fix])
        new = {name: text.encode("utf-8") for name, text in change.files}
        draft = Draft({**draft.texts, **new}, draft.origins, draft.deleted)
        return State.of(self.skill.with_draft(draft), self.disk, self.active)

    @property
    def is_current(self) -> bool:
        """Whether SKILL.md on the disk is still the file that was read."""
        name = self.disk.source.name
        try:
            now = (self.disk.root / name).read_bytes()
        except OSError:
            return False
        then = self.disk.source.text.encode("utf-8")
        return hashlib.sha256(now).digest() == hashlib.sha256(then).digest()


@dataclass(frozen=True)
class Case:
    """One question: a task, and the findings of a skill that the task is for."""

    task: Task
    findings: tuple[Diagnostic, ...]
    state: State
    background: Material = field(default_factory=dict)
    """Answers of optional tasks about the skill, by task."""

    @property
    def material(self) -> Material:
        """The data of the question, as a JSON object."""
        own = self.task.material(self.state.skill, self.findings, self.state.active)
        return {**own, **self.background}

    @property
    def path(self) -> str:
        return self.state.skill.source.path

    @property
    def rules(self) -> list[str]:
        return sorted({each.rule for each in self.findings})
