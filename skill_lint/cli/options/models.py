"""`--models`: which models a run may ask."""

import argparse
import os
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from skill_lint.cli.error import UsageError
from skill_lint.cli.options.appearance import ci_variable
from skill_lint.cli.terminal.write import warn
from skill_lint.config.config import Config
from skill_lint.config.file import ConfigError
from skill_lint.filesystem.paths import Root
from skill_lint.llm.models import person
from skill_lint.reporters.escape import visible

if TYPE_CHECKING:
    from skill_lint.llm.models.load import Sources
    from skill_lint.llm.models.registry import Models

EXTRA = (
    "the model step needs the extra `llm`, which is not installed: "
    "`python -m pip install 'skill-lint[llm]'`"
)


def add_options(parser: argparse._ActionsContainer) -> None:
    parser.add_argument(
        "--models", metavar="FILE",
        help=f"your models file (default: ${person.VARIABLE}, else skill-lint/{person.FILE_NAME} "
        "in $XDG_CONFIG_HOME or ~/.config); a file of the repository can only choose among its "
        "models",
    )  # fmt: skip


def sources(
    given: argparse.Namespace, config: Config, root: Root, paths: Sequence[str] = ()
) -> "Sources":
    """Where the models of a run on `paths` come from. Raises `UsageError`."""
    # Lazy import: `fix` without a model needs none of it.
    from skill_lint.llm.models.load import Sources

    return Sources(
        environ=os.environ,
        root=root,
        config=config,
        named=_named(given.models, root) if given.models is not None else None,
        linted=[root.absolute_of(path) for path in paths],
        is_isolated=given.isolated,
    )


def configured(sources: "Sources") -> "Models":
    """The models that a run may ask. Raises `UsageError`."""
    # Lazy import: `fix` without a model needs none of it.
    from skill_lint.llm.models.load import load_models
    from skill_lint.llm.models.repository import BeyondChoice

    try:
        return load_models(sources)
    except BeyondChoice as error:
        raise UsageError(str(error), tuple(error.details)) from None
    except ConfigError as error:
        raise UsageError(visible(str(error))) from None


def require_any(models: "Models") -> None:
    """Raise `UsageError` if there is no model to ask."""
    # Lazy import: `fix` without a model needs none of it.
    from skill_lint.llm.models.registry import NO_MODEL

    if models.is_offline:
        raise UsageError(NO_MODEL)


def require_extra() -> None:
    """Raise `UsageError` if the extra `llm` is not installed."""
    # Lazy import: it takes long, and only what asks a model needs it.
    try:
        import openai  # noqa: F401 - whether it is there
        import pydantic  # noqa: F401
    except ImportError:
        raise UsageError(EXTRA) from None


def _named(file: str, root: Root) -> Path:
    """The file of `--models`. It may lie in the checkout, except in CI, where nobody reads it."""
    path = root.absolute_of(file)
    if (top := person.checkout_around(path, [root.absolute])) is None:
        return Path(path)
    where = f"the models file {file} lies in the checkout {top}"
    if variable := ci_variable():
        raise UsageError(
            f"{where}, where a commit could decide where texts and keys are sent; in CI "
            f"(`{variable}` is set), name one outside of it"
        )
    warn(f"{where}; it counts because --models names it")
    return Path(path)
