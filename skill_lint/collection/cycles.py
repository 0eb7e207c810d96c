"""Cycles in a directed graph, found without recursion: a cycle may have thousands of nodes."""

from collections import deque
from collections.abc import Collection, Iterator, Mapping, Sequence

Graph = Mapping[str, Sequence[str]]


def components(graph: Graph) -> Iterator[list[str]]:
    """The strongly connected components that contain a cycle, each sorted.

    A single node counts if it leads to itself. Source: the algorithm of Kosaraju and Sharir.
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
    """Every node after the nodes that it leads to, except within cycles."""
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
    """The nodes reachable from `start`, itself included, and not in `seen`. Adds them to `seen`."""
    found = [] if start in seen else [start]
    seen.add(start)
    for node in found:
        new = [each for each in dict.fromkeys(graph.get(node, ())) if each not in seen]
        seen.update(new)
        found += new
    return found


def circle(graph: Graph, start: str, component: Collection[str]) -> list[str]:
    """The shortest cycle through a node of a component: its nodes in order, `start` first."""
    inside, before, waiting = set(component), dict[str, str](), deque([start])
    while waiting:
        node = waiting.popleft()
        if start in graph.get(node, ()):
            return _path(before, start, node)
        for step in graph.get(node, ()):
            if step in inside and step not in before and step != start:
                before[step] = node
                waiting.append(step)
    return [start]


def _path(before: Mapping[str, str], start: str, end: str) -> list[str]:
    path = [end]
    while path[-1] != start:
        path.append(before[path[-1]])
    return path[::-1]
