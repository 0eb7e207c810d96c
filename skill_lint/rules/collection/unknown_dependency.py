"""A skill depends on one that does not exist.

Why: whoever loads the skill looks for what it depends on, and finds nothing. Judged are skills
with a `skill_id`, and those of which another dependency is a skill: elsewhere `dependencies` may
be packages. A skill is found by its id, its name or its path; where a run does not see the whole
collection, the rule is silent.

Fix: Correct the id, add the skill, or drop the dependency.

Bad:  "dependencies": ["python/asincio"]
Good: "dependencies": ["python/asyncio"]
"""

from collections.abc import Iterator

from skill_lint.collection.collection import Collection, GroupFinding
from skill_lint.collection.unknown import unknown
from skill_lint.rule import rule


@rule("warning")
def unknown_dependency(collection: Collection) -> Iterator[GroupFinding]:
    yield from unknown(collection, "dependencies", "depends on")
