"""A skill points to one that does not exist, in `see_also`.

Why: an agent that follows the pointer spends a turn and finds nothing. The same skills are judged
as by `unknown-dependency`; web addresses and paths of files are left alone.

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
