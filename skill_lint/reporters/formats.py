"""The output formats by name."""

from collections.abc import Callable, Mapping, Sequence
from importlib import import_module
from itertools import groupby

from skill_lint.diagnostic import Diagnostic
from skill_lint.report.report import Report
from skill_lint.reporters.colour import Colour

Renderer = Callable[[Report, Colour], str]
"""Makes a whole report, without the footer."""
SkillRenderer = Callable[[Sequence[Diagnostic], Colour], str]
"""Makes what a report shows of one skill: its findings, which are at least one."""


def _lazy(module: str, name: str) -> Callable[..., str]:
    """A function of a reporter module. Lazy import: a run needs only one of them."""

    def call(*given: object) -> str:
        text = getattr(import_module(f"skill_lint.reporters.{module}"), name)(*given)
        assert isinstance(text, str)
        return text

    return call


BY_SKILL: Mapping[str, SkillRenderer] = {
    name: _lazy(name, "skill") for name in ("text", "full", "concise")
}
"""Formats that show one skill after the other, each made from its own findings alone."""


def texts_by_skill(report: Report, render: SkillRenderer, colour: Colour) -> dict[str, str]:
    """What a report shows of each skill that has findings, by the skill's path."""
    groups = groupby(report.diagnostics, key=lambda each: each.skill)
    return {skill: render(list(group), colour) for skill, group in groups}


def _joined(render: SkillRenderer) -> Renderer:
    return lambda report, colour: "".join(texts_by_skill(report, render, colour).values())


RENDERERS: Mapping[str, Renderer] = {
    **{name: _joined(render) for name, render in BY_SKILL.items()},
    "json": _lazy("json_report", "render"),
    **{
        name: _lazy(name, "render")
        for name in ("sarif", "github", "markdown", "gitlab", "junit", "rdjson")
    },
}

FOR_PEOPLE = frozenset({*BY_SKILL, "github"})
"""Formats that are read by people and end with the footer."""

FROM_REPOSITORY = frozenset({"sarif", "github", "gitlab", "rdjson"})
"""Formats whose paths are relative to the repository's root, wherever the run started."""
