"""The output formats by name."""

from collections.abc import Callable, Mapping

from skill_lint.diagnostic import Report
from skill_lint.reporters import (
    concise,
    full,
    github,
    gitlab,
    json_report,
    junit,
    markdown,
    rdjson,
    sarif,
    text,
)
from skill_lint.reporters.style import Style

RENDERERS: Mapping[str, Callable[[Report, Style], str]] = {
    "text": text.render,
    "full": full.render,
    "concise": concise.render,
    "json": json_report.render,
    "sarif": sarif.render,
    "github": github.render,
    "markdown": markdown.render,
    "gitlab": gitlab.render,
    "junit": junit.render,
    "rdjson": rdjson.render,
}

FOR_PEOPLE = frozenset({"text", "full", "concise", "github"})
"""Formats after which the summary is printed."""

FROM_REPOSITORY = frozenset({"sarif", "github", "gitlab", "rdjson"})
"""Formats whose readers count paths from the repository's root, wherever the run was."""
