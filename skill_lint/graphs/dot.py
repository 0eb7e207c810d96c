"""The graph as input for Graphviz: `dot -Tsvg graph.dot`."""

from collections.abc import Iterator
from itertools import groupby

from skill_lint.graphs.graph import Kind, SkillGraph, SkillNode
from skill_lint.reporters.escape import visible

_STYLES: dict[Kind, str] = {
    "link": "color=steelblue",
    "mention": "color=gray60",
    "dependency": "color=black, penwidth=1.5",
    "see-also": "color=gray40, style=dotted",
}


def render(graph: SkillGraph) -> str:
    return "".join(f"{line}\n" for line in _lines(graph))


def _lines(graph: SkillGraph) -> Iterator[str]:
    yield "digraph skills {"
    yield '  rankdir=LR; node [shape=box, style=rounded, fontname="sans-serif", fontsize=11];'
    ids = {each.path: f"s{number}" for number, each in enumerate(graph.skills)}
    circular = {path for cycle in graph.cycles for path in cycle}
    ordered = sorted(graph.skills, key=lambda each: (each.root, each.path))
    for number, (root, group) in enumerate(groupby(ordered, key=lambda each: each.root)):
        yield f"  subgraph cluster_{number} {{"
        yield f"    label={_quoted(root or 'in no client root')}; color=gray80;"
        for skill in group:
            yield f"    {ids[skill.path]} [{_node(skill, skill.path in circular)}];"
        yield "  }"
    missing = sorted({each.target for each in graph.references if each.missing})
    ids |= {f"\0{name}": f"m{number}" for number, name in enumerate(missing)}
    for name in missing:
        yield f"  {ids[f'{chr(0)}{name}']} [label={_quoted(name)}, color=red, style=dashed];"
    for each in graph.references:
        target = ids[f"\0{each.target}" if each.missing else each.target]
        style = f'{_STYLES[each.kind]}, tooltip="{each.kind}"'
        yield f"  {ids[each.source]} -> {target} [{style}];"
    for like in graph.overlaps:
        style = f'dir=none, style=dashed, color=darkorange, label="{like.score:.2f}"'
        yield f"  {ids[like.one]} -> {ids[like.two]} [{style}, constraint=false];"
    yield "}"


def _node(skill: SkillNode, is_circular: bool) -> str:
    orphans = f"\\n{len(skill.orphans):,} orphan files" if skill.orphans else ""
    color = ", color=red, penwidth=2" if is_circular else ""
    return f"label={_quoted(skill.name, orphans)}, tooltip={_quoted(skill.path)}{color}"


def _quoted(text: str, more: str = "") -> str:
    escaped = visible(text).replace("\\", "\\\\").replace('"', '\\"')
    return f'"{escaped}{more}"'
