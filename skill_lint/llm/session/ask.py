"""Sends questions to the models: from the cache if possible, within the budget, four at a time."""

import asyncio
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from skill_lint.llm.models.budget import Budget
from skill_lint.llm.models.client import Completer, Completion, Message, Unanswered
from skill_lint.llm.models.registry import TaskModel
from skill_lint.llm.models.usage import estimate
from skill_lint.llm.session.answers import AnswerCache, key

AT_ONCE = 4


@dataclass(frozen=True)
class Reply:
    """An answer, whether it came from the cache, and the seconds that it took."""

    completion: Completion
    cached: bool
    seconds: float


@dataclass
class Asker:
    """What all questions of a run share: the models by task, the client, the cache, the budget."""

    models: Mapping[str, TaskModel]
    completer: Completer
    cache: AnswerCache
    budget: Budget
    _slots: asyncio.Semaphore = field(default_factory=lambda: asyncio.Semaphore(AT_ONCE))
    _closed: dict[str, str] = field(default_factory=dict)
    """Endpoints that answer no question, with the reason, by base URL."""
    _locks: dict[str, asyncio.Lock] = field(default_factory=dict)

    def lock(self, name: str) -> asyncio.Lock:
        """A lock by name, for coroutines that would ask the same: the first asks, the others wait.

        They then find the answer in the cache.
        """
        return self._locks.setdefault(name, asyncio.Lock())

    async def ask(self, lm: str, version: int, messages: Sequence[Message]) -> Reply:
        """Ask the model of the task `lm`. Raises `Unanswered`, `Refused` and `OutOfBudget`.

        `version` is the version of the prompt.
        """
        model = self.models[lm]
        name = key(model, version, messages)
        if kept := self.cache.get(name):
            return Reply(kept, True, 0.0)
        tokens = estimate(sum(len(each.content) for each in messages))
        async with self._slots, self.budget.call(model, tokens) as settlement:
            if reason := self._closed.get(model.base_url):
                settlement.spent.calls = settlement.spent.input_tokens = 0
                raise Unanswered(f"not asked: {reason}")
            start = time.monotonic()
            try:
                completion = await self.completer.complete(model, messages)
            except Unanswered as error:
                if not error.sent:
                    settlement.spent.calls = settlement.spent.input_tokens = 0
                if error.for_all:
                    self._closed[model.base_url] = str(error)
                raise
            settlement.settle(model, completion)
        self.cache.put(name, completion)
        return Reply(completion, False, time.monotonic() - start)
