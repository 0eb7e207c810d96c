"""The `see_also` of a skill names a skill that does not exist.

Why: an agent that follows the pointer spends a turn and finds nothing. The rule checks the same
skills as `unknown-dependency`. It ignores web addresses and the paths of files.

Fix: Correct the id, or drop the pointer.

Bad:  "see_also": ["python/asincio"]
Good: "see_also": ["python/asyncio"]
"""

from collections.abc import Iterator

from skill_lint.collection.collection import Collection, GroupFinding
from skill_lint.collection.unknown import unknown
from skill_lint.rule import rule


@rule("info")
def unknown_see_also(collection: Collection) -> Iterator[GroupFinding]:
    yield from unknown(collection, "see_also", "points to")
