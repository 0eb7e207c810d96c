"""Circles in a directed graph, without recursion: one may have thousands of steps."""

from collections import deque
from collections.abc import Collection, Iterator, Mapping, Sequence

Graph = Mapping[str, Sequence[str]]


def components(graph: Graph) -> Iterator[list[str]]:
    """The sets of nodes that all lead to each other, each sorted; a node that leads to itself too.

    Source: the algorithm of Kosaraju and Sharir.
    """
    reverse: dict[str, list[str]] = {}
    for node, following in graph.items():
        for other in following:
            reverse.setdefault(other, []).append(node)
    seen: set[str] = set()
    for node in reversed(list(_postorder(graph))):
        found = _reached(reverse, node, seen)
        if len(found) > 1 or (found and node in graph.get(node, ())):
            yield sorted(found)


def _postorder(graph: Graph) -> Iterator[str]:
    """Every node behind those that it leads to, as far as there are no circles."""
    seen: set[str] = set()
    for start in sorted(graph):
        steps = [] if start in seen else [(start, iter(graph[start]))]
        seen.add(start)
        while steps:
            step = next((each for each in steps[-1][1] if each not in seen), None)
            if step is None:
                yield steps.pop()[0]
            else:
                seen.add(step)
                steps.append((step, iter(graph.get(step, ()))))


def _reached(graph: Graph, start: str, seen: set[str]) -> list[str]:
    """What is reached from a node, itself included, and was not seen before; seen from now on."""
    found = [] if start in seen else [start]
    seen.add(start)
    for node in found:
        new = [each for each in dict.fromkeys(graph.get(node, ())) if each not in seen]
        seen.update(new)
        found += new
    return found


def circle(graph: Graph, start: str, component: Collection[str]) -> list[str]:
    """The shortest way from a node of a component back to itself, which is not named again."""
    inside, before, waiting = set(component), dict[str, str](), deque([start])
    while waiting:
        node = waiting.popleft()
        if start in graph.get(node, ()):
            return _way(before, start, node)
        for step in graph.get(node, ()):
            if step in inside and step not in before and step != start:
                before[step] = node
                waiting.append(step)
    return [start]


def _way(before: Mapping[str, str], start: str, end: str) -> list[str]:
    way = [end]
    while way[-1] != start:
        way.append(before[way[-1]])
    return way[::-1]
