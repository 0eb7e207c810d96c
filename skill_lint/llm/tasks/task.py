"""What a task is: which findings it is for, what is asked, and what is done with the answer."""

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
    """The instructions of a task, and their version: a new one makes old answers void."""

    version: int
    text: str


@functools.cache
def prompt(name: str) -> Prompt:
    """The prompt beside the task's module: `version: 3`, an empty line, the instructions."""
    text = (Path(__file__).parent / f"{name}.md").read_text(encoding="utf-8")
    head, _, body = text.partition("\n\n")
    return Prompt(int(head.removeprefix("version:")), body.strip())


@dataclass(frozen=True)
class Change:
    """What an answer does to a skill: new files, and an edit of SKILL.md within `allowed` alone.

    `blocks` are the code blocks that are shown again; `headings` those that the program writes.
    """

    fix: Fix
    allowed: tuple[Span, ...]
    files: tuple[tuple[str, str], ...] = ()
    headings: tuple[str, ...] = ()
    blocks: tuple[str, ...] = ()


class Task(ABC):
    """One kind of question. `lm` is the task whose model is asked."""

    name: ClassVar[str]
    lm: ClassVar[str]
    answer: ClassVar[type[Answer]]

    @property
    def prompt(self) -> Prompt:
        return prompt(self.name)

    @abstractmethod
    def takes(self, diagnostic: Diagnostic) -> bool:
        """Whether a finding is one that this task is for."""

    def obstacle(self, skill: Skill, active: Sequence[ActiveRule]) -> str | None:
        """Why no answer could help this skill; None where one could."""
        return None

    def material(
        self, skill: Skill, findings: Sequence[Diagnostic], active: Sequence[ActiveRule]
    ) -> Material:
        """What is sent."""
        return about(skill, findings)

    @abstractmethod
    def words(self, answer: Answer) -> Sequence[str]:
        """Every text that the model has written."""

    @abstractmethod
    def change(self, skill: Skill, answer: Answer) -> Change | Reason:
        """What the answer does to the skill, or why it can do nothing."""

    @abstractmethod
    def reads_back(self, skill: Skill, answer: Answer) -> bool:
        """Whether a skill, changed so, says what the answer says: no more and no less."""
