"""The output formats by name."""

from collections.abc import Callable, Mapping
from importlib import import_module

from skill_lint.report.report import Report
from skill_lint.reporters.colour import Colour

Renderer = Callable[[Report, Colour], str]


def _late(name: str) -> Renderer:
    """What a module renders, which is imported only then: a run needs one of ten."""

    def render(report: Report, style: Colour) -> str:
        module = import_module(f"skill_lint.reporters.{name}")
        text = module.render(report, style)
        assert isinstance(text, str)
        return text

    return render


RENDERERS: Mapping[str, Renderer] = {
    "json": _late("json_report"),
    **{
        name: _late(name)
        for name in (
            "text", "full", "concise", "sarif", "github", "markdown", "gitlab", "junit", "rdjson",
        )
    },
}  # fmt: skip

FOR_PEOPLE = frozenset({"text", "full", "concise", "github"})
"""Formats after which the summary is printed."""

FROM_REPOSITORY = frozenset({"sarif", "github", "gitlab", "rdjson"})
"""Formats whose readers count paths from the repository's root, wherever the run was."""

IN_PARTS = frozenset({"text", "full", "concise"})
"""Formats that are one skill's part after the other, each of which depends on that skill alone."""
