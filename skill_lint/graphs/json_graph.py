"""The graph as JSON, in the form of `schemas/graph.schema.json`."""

import json
from typing import Any

from skill_lint.graphs.graph import SkillGraph
from skill_lint.reporters.escape import inert_json


def render(graph: SkillGraph) -> str:
    return inert_json(json.dumps(as_data(graph), indent=2) + "\n")


def as_data(graph: SkillGraph) -> dict[str, Any]:
    """The graph as JSON data."""
    return {
        "version": 1,
        "skills": [
            {
                "path": each.path,
                "name": each.name,
                "description": each.description,
                "root": each.root,
                "alone": each.path in alone,
                "files": [file._asdict() for file in each.files],
            }
            for alone in [set(graph.orphans)]
            for each in graph.skills
        ],
        "references": [each._asdict() for each in graph.references],
        "overlaps": [each._asdict() for each in graph.overlaps],
        "cycles": [list(each) for each in graph.cycles],
    }
