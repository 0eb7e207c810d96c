"""The base class of tasks: which findings a task is for, its question, and the use of an answer."""

import functools
from abc import ABC, abstractmethod
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import ClassVar, NamedTuple

from skill_lint.diagnostic import Diagnostic, Fix
from skill_lint.llm.prompt.material import Material, about
from skill_lint.llm.tasks.answer import Answer
from skill_lint.llm.tasks.reason import Reason
from skill_lint.rule import ActiveRule
from skill_lint.skill.skill import Skill
from skill_lint.text.source import Span


class Prompt(NamedTuple):
    """The instructions of a task, and their version. A new version invalidates cached answers."""

    version: int
    text: str


@functools.cache
def prompt(name: str) -> Prompt:
    """Read a task's `.md` file: `version: 3`, an empty line, the instructions."""
    text = (Path(__file__).parent / f"{name}.md").read_text(encoding="utf-8")
    head, _, body = text.partition("\n\n")
    return Prompt(int(head.removeprefix("version:")), body.strip())


@dataclass(frozen=True)
class Change:
    """What an answer changes: new files by name and text, and edits of SKILL.md inside `allowed`.

    `blocks` are the code blocks that the edits repeat, `headings` the headings that they add.
    """

    fix: Fix
    allowed: tuple[Span, ...]
    files: tuple[tuple[str, str], ...] = ()
    headings: tuple[str, ...] = ()
    blocks: tuple[str, ...] = ()


class Task(ABC):
    """One kind of question, with the type of its answers.

    `lm` is the task of the models' configuration that decides which model is asked.
    """

    name: ClassVar[str]
    lm: ClassVar[str]
    answer: ClassVar[type[Answer]]

    @property
    def prompt(self) -> Prompt:
        return prompt(self.name)

    @abstractmethod
    def takes(self, diagnostic: Diagnostic) -> bool:
        """Whether this task is for a finding."""

    def obstacle(self, skill: Skill, active: Sequence[ActiveRule]) -> str | None:
        """Why no answer could help this skill, or None."""
        return None

    def material(
        self, skill: Skill, findings: Sequence[Diagnostic], active: Sequence[ActiveRule]
    ) -> Material:
        """The data of the question."""
        return about(skill, findings)

    @abstractmethod
    def words(self, answer: Answer) -> Sequence[str]:
        """All texts that the model wrote."""

    @abstractmethod
    def change(self, skill: Skill, answer: Answer) -> Change | Reason:
        """The change that the answer makes, or the reason why it makes none."""

    @abstractmethod
    def reads_back(self, skill: Skill, answer: Answer) -> bool:
        """Whether the changed skill, parsed again, has the answer's text in its place."""
