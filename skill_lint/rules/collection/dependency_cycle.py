"""Skills depend on each other in a cycle.

Why: a tool that loads the dependencies of a skill first never ends, or stops at a random place.

Fix: Drop the dependency that is the least needed, or move what both need into a third skill.

Bad:  a depends on b, and b on a
Good: a and b both depend on c
"""

from collections.abc import Iterator, Mapping, Sequence

from skill_lint.collection.collection import Collection, GroupFinding, related
from skill_lint.collection.cycles import Graph, circle, components
from skill_lint.collection.facts import Facts, Said
from skill_lint.rule import rule

MOST_SHOWN = 6
"""How many skills of a cycle the message names."""


@rule("warning")
def dependency_cycle(collection: Collection) -> Iterator[GroupFinding]:
    by_path = {each.path: each for each in collection.skills}
    edges = {each.path: _edges(collection, each) for each in collection.skills if each.dependencies}
    graph: Graph = {path: list(each) for path, each in edges.items()}
    for component in components(graph):
        first = collection.ordered(by_path[path] for path in component)[0]
        path = circle(graph, first.path, component)
        yield _finding([by_path[each] for each in path], edges)


def _edges(collection: Collection, skill: Facts) -> dict[str, Said]:
    found = ((collection.names.find(each.text, skill), each) for each in skill.dependencies)
    return {other.path: dependency for other, dependency in found if other}


def _finding(path: Sequence[Facts], edges: Mapping[str, Mapping[str, Said]]) -> GroupFinding:
    first, *others = path
    steps = [edges[one.path][two.path] for one, two in zip(path, [*others, first], strict=True)]
    names = [f"`{each.shown_name}`" for each in path]
    if len(names) > MOST_SHOWN:
        left = len(names) - MOST_SHOWN + 1
        names = [*names[: MOST_SHOWN - 1], f"{left:,} more"]
    message = f"depends on itself: {' → '.join([*names, names[0]])}"
    places = related((step.place for step in steps[1:]), "a part of the cycle")
    return GroupFinding(message, first, steps[0].place, tuple(others), places)
