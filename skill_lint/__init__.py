"""skill-lint is a linter for Agent Skills: directories with a SKILL.md.

The public interface:

    from skill_lint import Config, lint

    report = lint(["skills"], Config(extends="agentskills"))
    for diagnostic in report.diagnostics:
        print(diagnostic.path, diagnostic.region.line, diagnostic.message)

Everything named in `__all__` stays compatible within a major version.
"""

# Not imported from typing, because that import takes a third of the time of `--version`.
TYPE_CHECKING = False
if TYPE_CHECKING:
    from skill_lint.config.config import Config
    from skill_lint.config.file import ConfigError
    from skill_lint.diagnostic import Diagnostic, Edit, Fix, Move, Region
    from skill_lint.discovery.roots import NothingFound
    from skill_lint.engine.lint import lint
    from skill_lint.report.report import Report, Skipped

__version__ = "0.1.0"
__all__ = [
    "Config",
    "ConfigError",
    "Diagnostic",
    "Edit",
    "Fix",
    "Move",
    "NothingFound",
    "Region",
    "Report",
    "Skipped",
    "__version__",
    "lint",
]

_HOMES = {
    "Config": "config.config",
    "ConfigError": "config.file",
    "Diagnostic": "diagnostic",
    "Edit": "diagnostic",
    "Fix": "diagnostic",
    "Move": "diagnostic",
    "NothingFound": "discovery.roots",
    "Region": "diagnostic",
    "Report": "report.report",
    "Skipped": "report.report",
    "lint": "engine.lint",
}


def __getattr__(name: str) -> object:
    # Lazy import: `skill-lint --version` imports only what it needs.
    if name not in _HOMES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    from importlib import import_module

    home: object = getattr(import_module(f"{__name__}.{_HOMES[name]}"), name)
    return home
