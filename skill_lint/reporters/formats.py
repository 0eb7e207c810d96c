"""The output formats by name."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from importlib import import_module
from itertools import groupby

from skill_lint.diagnostic import Diagnostic
from skill_lint.report.report import Report
from skill_lint.reporters.look import Look

Renderer = Callable[[Report, Look], str]
"""Makes a whole report, without the footer."""
SkillRenderer = Callable[[Sequence[Diagnostic], Look], str]
"""Makes what a report needs of one skill: of its findings, which are at least one."""
Joiner = Callable[[Iterable[str], Mapping[str, str], Look], str]
"""Makes a report of what a `SkillRenderer` has made for each skill, and of `Report.copies`."""


def _lazy(module: str, name: str) -> Callable[..., str]:
    """A function of a reporter module. Lazy import: a run needs only one of them."""

    def call(*given: object) -> str:
        text = getattr(import_module(f"skill_lint.reporters.{module}"), name)(*given)
        assert isinstance(text, str)
        return text

    return call


BY_SKILL: Mapping[str, SkillRenderer] = {
    name: _lazy(module, "skill")
    for name, module in (("text", "notes"), ("full", "full"), ("concise", "concise"))
}
"""Formats that can be made of parts, one for each skill, each made from its findings alone."""


def texts_by_skill(report: Report, render: SkillRenderer, look: Look) -> dict[str, str]:
    """The part of each skill that has findings, by the skill's path."""
    groups = groupby(report.diagnostics, key=lambda each: each.skill)
    return {skill: render(list(group), look) for skill, group in groups}


JOINERS: Mapping[str, Joiner] = {
    "text": _lazy("text", "joined"),
    **dict.fromkeys(("full", "concise"), lambda texts, copies, look: "".join(texts)),
}
"""How the formats in `BY_SKILL` become a report."""


def _joined(name: str) -> Renderer:
    return lambda report, look: JOINERS[name](
        texts_by_skill(report, BY_SKILL[name], look).values(), report.copies, look
    )


RENDERERS: Mapping[str, Renderer] = {
    "text": _lazy("text", "render"),
    **{name: _joined(name) for name in ("full", "concise")},
    "json": _lazy("json_report", "render"),
    **{
        name: _lazy(name, "render")
        for name in ("sarif", "github", "markdown", "gitlab", "junit", "rdjson")
    },
}

WITH_FOOTER = frozenset({*BY_SKILL, "github"})
"""Formats that end with the footer."""

FOR_PEOPLE = frozenset({*WITH_FOOTER, "markdown"})
"""Formats that are read by people, and leave out infos unless these are asked for."""

FROM_REPOSITORY = frozenset({"sarif", "github", "gitlab", "rdjson"})
"""Formats whose paths are relative to the repository's root, wherever the run started."""
