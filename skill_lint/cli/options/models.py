"""`--models`: which models a run may ask."""

import argparse
from pathlib import Path

from skill_lint.cli.error import UsageError
from skill_lint.config.config import Config
from skill_lint.config.file import ConfigError
from skill_lint.filesystem.paths import Root
from skill_lint.llm.models.file import FILE_NAME, NoModels, find, load
from skill_lint.llm.models.registry import Models
from skill_lint.reporters.escape import visible

EXTRA = (
    "the model step needs the extra `llm`, which is not installed: "
    "`python -m pip install 'skill-lint[llm]'`"
)


class NothingConfigured(UsageError):
    """There are no models to ask."""


def add_options(parser: argparse._ActionsContainer) -> None:
    parser.add_argument(
        "--models", metavar="FILE",
        help=f"the models file (default: the nearest {FILE_NAME} in the working directory or "
        "above, or `llm` in the configuration)",
    )  # fmt: skip


def configured(file: str | None, config: Config, root: Root) -> Models:
    """The models that a run may ask. Raises `UsageError`; `NothingConfigured` if there are none."""
    try:
        # Not in the checkout of the paths: the models decide where text is sent.
        return load(Path(file), root) if file else find(Path(root.absolute), root, config)
    except NoModels as error:
        raise NothingConfigured(str(error)) from None
    except ConfigError as error:
        raise UsageError(visible(str(error))) from None
