"""What a run may spend: calls, tokens and money. A call under way counts with its maximum."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field

from skill_lint.llm.models.client import Completion
from skill_lint.llm.models.registry import TaskModel


class OutOfBudget(Exception):
    """The next call could exceed a limit of the run; the message says which limit."""


@dataclass
class Spent:
    """A number of calls, their tokens and their cost, in the currency of the model's prices."""

    calls: int = 0
    input_tokens: int = 0
    output_tokens: int = 0
    cost: float = 0.0

    @property
    def tokens(self) -> int:
        return self.input_tokens + self.output_tokens

    def add(self, other: "Spent", sign: int = 1) -> None:
        self.calls += sign * other.calls
        self.input_tokens += sign * other.input_tokens
        self.output_tokens += sign * other.output_tokens
        self.cost += sign * other.cost


@dataclass
class Budget:
    """The limits of a run, None for no limit, and what the run has spent.

    `_open` is the most that the calls under way may cost.
    """

    max_calls: int | None = 20
    max_tokens: int | None = None
    max_cost: float | None = None
    spent: Spent = field(default_factory=Spent)
    _open: Spent = field(default_factory=Spent)
    _changed: asyncio.Condition = field(default_factory=asyncio.Condition)

    @asynccontextmanager
    async def call(self, model: TaskModel, input_tokens: int) -> AsyncIterator["Settlement"]:
        """Reserve the most that a call may cost, and replace it by the real cost afterwards.

        If the rest does not suffice, wait for the calls under way, which may cost less than was
        reserved for them. Raises `OutOfBudget` if it still does not suffice.
        """
        most = spent(model, input_tokens, model.max_tokens)
        async with self._changed:
            while reason := self._exceeded(most):
                if not self._open.calls:
                    raise OutOfBudget(reason)
                await self._changed.wait()
            self._open.add(most)
        settlement = Settlement(spent(model, input_tokens, 0))
        try:
            yield settlement
        finally:
            self._open.add(most, -1)
            self.spent.add(settlement.spent)
            async with self._changed:
                self._changed.notify_all()

    def _exceeded(self, more: Spent) -> str | None:
        """The limit that another call could exceed, in a sentence, or None."""
        parts = (self.spent, self._open, more)
        if self.max_calls is not None and sum(each.calls for each in parts) > self.max_calls:
            return f"--max-calls {self.max_calls:,} is reached"
        if self.max_tokens is not None and sum(each.tokens for each in parts) > self.max_tokens:
            return f"--max-tokens {self.max_tokens:,} leaves no room for another call"
        if self.max_cost is not None and sum(each.cost for each in parts) > self.max_cost:
            return f"--max-cost {self.max_cost:g} leaves no room for another call"
        return None


@dataclass
class Settlement:
    """The cost of a call: only its input until the answer comes, then what the endpoint counted."""

    spent: Spent

    def settle(self, model: TaskModel, answer: Completion) -> None:
        self.spent = spent(model, answer.input_tokens, answer.output_tokens)


def spent(model: TaskModel, input_tokens: int, output_tokens: int) -> Spent:
    """One call with these tokens, and its cost."""
    price = model.prices
    cost = (input_tokens * price.input + output_tokens * price.output) / 1e6 if price else 0.0
    return Spent(1, input_tokens, output_tokens, cost)
