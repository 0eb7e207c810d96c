"""A skill depends on a skill that does not exist.

Why: a tool that loads the skill looks for its dependencies and does not find this one. The rule
checks skills with a `skill_id`, and skills that name at least one existing skill in `dependencies`
or `see_also`: elsewhere `dependencies` may name packages. A skill is found by its id, its name or
its path. If a run does not see the whole collection, the rule reports nothing.

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
