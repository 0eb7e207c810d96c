"""The graph as one HTML page that needs no other file and no network.

The page holds the graph as JSON in which nothing can end the script element. Its script adds text
of skills to the document only as text, never as HTML.
"""

import json
from pathlib import Path

from skill_lint.graphs.graph import SkillGraph
from skill_lint.graphs.json_graph import as_data
from skill_lint.graphs.text import summary
from skill_lint.reporters.escape import inert_json

_HERE = Path(__file__).parent
_ESCAPES = {ord(char): f"\\u{ord(char):04x}" for char in "<>&\u2028\u2029"}


def render(graph: SkillGraph) -> str:
    data = json.dumps({**as_data(graph), "summary": summary(graph)}, separators=(",", ":"))
    parts = {
        "style": _file("page.css"),
        "layout": _file("layout.js"),
        "script": _file("page.js"),
        "data": inert_json(data).translate(_ESCAPES),
    }
    page = _file("page.html")
    # The data comes last, because a skill's text may look like a placeholder.
    for name, text in parts.items():
        page = page.replace(f"{{{{{name}}}}}", text, 1)
    return page + "\n"


def _file(name: str) -> str:
    return (_HERE / name).read_text(encoding="utf-8").rstrip("\n")
