"""The output formats by name."""

from collections.abc import Callable, Mapping
from importlib import import_module

from skill_lint.report.report import Report
from skill_lint.reporters.colour import Colour

Renderer = Callable[[Report, Colour], str]


def _lazy(name: str) -> Renderer:
    """The `render` of a reporter module. Lazy import: a run needs one of the ten."""

    def render(report: Report, style: Colour) -> str:
        module = import_module(f"skill_lint.reporters.{name}")
        text = module.render(report, style)
        assert isinstance(text, str)
        return text

    return render


RENDERERS: Mapping[str, Renderer] = {
    "json": _lazy("json_report"),
    **{
        name: _lazy(name)
        for name in (
            "text", "full", "concise", "sarif", "github", "markdown", "gitlab", "junit", "rdjson",
        )
    },
}  # fmt: skip

FOR_PEOPLE = frozenset({"text", "full", "concise", "github"})
"""Formats that are read by people and end with the summary."""

FROM_REPOSITORY = frozenset({"sarif", "github", "gitlab", "rdjson"})
"""Formats whose paths are relative to the repository's root, wherever the run started."""

IN_PARTS = frozenset({"text", "full", "concise"})
"""Formats that are a concatenation of one part per skill, each made from that skill alone."""
