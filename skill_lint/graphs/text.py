"""The graph as a tree for the terminal: client roots, their skills, their files and references."""

from collections.abc import Iterator, Mapping, Sequence
from itertools import groupby
from typing import NamedTuple

from skill_lint.graphs.graph import File, SkillGraph, SkillNode
from skill_lint.reporters.escape import visible
from skill_lint.text.plural import count

MOST_FILES = 30
"""Files of one skill that are shown; some skills have thousands."""
MOST_LINKS = 5
"""Links of one file that are shown."""
MOST_NAMED = 6
"""Skills of one cycle that are named."""


class _Branch(NamedTuple):
    """One line below a skill."""

    words: str


def render(graph: SkillGraph) -> str:
    names, by_skill = {each.path: each.name for each in graph.skills}, _by_skill(graph)
    lines, alone = list[str](), set(graph.orphans)
    ordered = sorted(graph.skills, key=lambda each: (each.root, each.path))
    for root, group in groupby(ordered, key=lambda each: each.root):
        skills = list(group)
        where = visible(root) if root else "in no client root"
        lines += [f"{where} ({count(len(skills), 'skill')})"]
        for skill in skills:
            lines += _skill(skill, by_skill.get(skill.path, []), skill.path in alone)
        lines += [""]
    lines += [*_cycles(graph, names), summary(graph)]
    return "".join(f"{line}\n" for line in lines)


def summary(graph: SkillGraph) -> str:
    """`12 skills, 9 references, 1 cycle, 2 overlaps, 3 orphan files, 4 skills without a reference`.

    Counts of 0 are left out, except those of skills.
    """
    missing = sum(each.missing for each in graph.references)
    orphans = sum(len(each.orphans) for each in graph.skills)
    parts = [
        count(len(graph.skills), "skill"),
        count(len(graph.references) - missing, "reference"),
        count(missing, "missing target"),
        count(len(graph.cycles), "cycle"),
        count(len(graph.overlaps), "overlap"),
        count(orphans, "orphan file"),
        f"{count(len(graph.orphans), 'skill')} without a reference",
    ]
    return ", ".join(part for part in parts if not part.startswith("0 ") or "skill" in part)


def _skill(skill: SkillNode, others: Sequence[_Branch], alone: bool) -> Iterator[str]:
    where = "" if skill.path.rpartition("/")[2] == skill.name else f"  {visible(skill.path)}"
    yield f"  {visible(skill.name)}{where}{'  (no reference)' if alone else ''}"
    shown = skill.files[:MOST_FILES]
    branches = [*map(_file, shown), *others]
    if len(skill.files) > MOST_FILES:
        branches.insert(MOST_FILES, _Branch(f"and {len(skill.files) - MOST_FILES:,} more files"))
    for branch in branches:
        yield f"  {'└──' if branch is branches[-1] else '├──'} {branch.words}"


def _file(file: File) -> _Branch:
    marks = {
        "orphan": "  (orphan: nothing leads to it)",
        "by another file": "  (named by another file)",
    }
    named = [visible(each) for each in file.links[:MOST_LINKS]]
    more = ["..."] if len(file.links) > MOST_LINKS else []
    # The links of SKILL.md are left out: the files it links to are listed below it.
    links = f"  → {', '.join([*named, *more])}" if named and "/" in file.name else ""
    return _Branch(f"{visible(file.name)}{marks.get(file.reached, '')}{links}")


def _by_skill(graph: SkillGraph) -> Mapping[str, list[_Branch]]:
    found: dict[str, list[_Branch]] = {}
    for each in graph.references:
        times = f" ×{each.times:,}" if each.times > 1 else ""
        missing = ", missing" if each.missing else ""
        words = f"→ {visible(each.target)}  ({each.kind}{times}{missing})"
        found.setdefault(each.source, []).append(_Branch(words))
    for like in graph.overlaps:
        shared = f": {', '.join(map(visible, like.words))}" if like.words else ""
        for one, two in ((like.one, like.two), (like.two, like.one)):
            words = f"≈ {visible(two)}  ({like.score:.0%} alike{shared})"
            found.setdefault(one, []).append(_Branch(words))
    return found


def _cycles(graph: SkillGraph, names: Mapping[str, str]) -> Iterator[str]:
    for cycle in graph.cycles:
        shown = [visible(names[path]) for path in cycle[:MOST_NAMED]]
        more = [f"{len(cycle) - MOST_NAMED:,} more"] if len(cycle) > MOST_NAMED else []
        yield f"cycle of dependencies: {' → '.join([*shown, *more, shown[0]])}"
    if graph.cycles:
        yield ""
