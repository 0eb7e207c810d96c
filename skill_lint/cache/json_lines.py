"""Cached values ↔ lines of JSON. Imports little, because a replayed run imports this."""

import json

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any


def to_line(data: object) -> bytes:
    """One line of JSON, without line ends in it."""
    # Two lone surrogates side by side must not become one character.
    return json.dumps(data, ensure_ascii=False).encode("utf-8", "surrogatepass")


def from_line(data: bytes) -> "Any":
    """The opposite of `to_line`. Raises ValueError for anything else."""
    try:
        return json.loads(data.decode("utf-8", "surrogatepass"))
    except RecursionError:
        raise ValueError("it is nested too deep") from None
