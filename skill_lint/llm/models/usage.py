"""The tokens that an endpoint says it has counted."""

from typing import Any

MOST_TOKENS = 10_000_000
"""Tokens of one call; no model takes as many."""


def tokens(usage: Any, name: str, characters: int) -> int:
    """The tokens that `usage`, a part of an answer, counts as `name`, else an estimate.

    Raises `ValueError` if the number is none that can be: negative, not finite, not whole, a text.
    An endpoint that counts nothing, or 0 tokens of a text, has not counted.
    """
    number = usage.get(name) if isinstance(usage, dict) else None
    if usage is not None and not isinstance(usage, dict):
        raise ValueError("its `usage` is no object")
    if number is None:
        return estimate(characters)
    if type(number) not in (int, float) or not 0 <= number <= MOST_TOKENS or number % 1:
        raise ValueError(f"its `usage.{name}` is no possible number of tokens")
    return int(number) or estimate(characters)


def estimate(characters: int) -> int:
    """The tokens of a text, estimated as a quarter of its characters."""
    return -(-characters // 4)
