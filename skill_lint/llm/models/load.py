"""The models of a run: the person's, and what the repository chooses among them."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from skill_lint.config.config import Config
from skill_lint.filesystem.paths import Root
from skill_lint.llm.models import file, person, repository
from skill_lint.llm.models.registry import OFFLINE, Models


@dataclass(frozen=True)
class Sources:
    """Where the models of a run come from.

    `named` is the file that the person names for this run. `config` is the configuration, whose key
    `llm` counts as the repository's. `linted` are the absolute paths of what is linted.
    `is_isolated`: no file of the repository counts.
    """

    environ: Mapping[str, str]
    root: Root
    config: Config
    named: Path | None = None
    linted: Sequence[str] = ()
    is_isolated: bool = False

    @property
    def own(self) -> Path | None:
        """The person's models file, whether or not it exists."""
        return self.named or person.default_path(self.environ)


def load_models(sources: Sources) -> Models:
    """The models of a run; `OFFLINE` as long as the person has no models file.

    Raises `ConfigError` if a file is wrong, is not the person's alone, or is the repository's and
    wants to decide more than it may.
    """
    root, own = sources.root, sources.own
    models = _of_person(sources, own)
    if sources.is_isolated:
        return models
    found = repository.find(root.absolute, root, sources.config)
    if found is None or _is_same(sources.named, found.path):
        return models
    return replace(models, repository=repository.choice_of(found, own, models))


def _of_person(sources: Sources, own: Path | None) -> Models:
    if own is None:
        return OFFLINE
    if sources.named is None:
        if not own.is_symlink() and not own.exists() and person.VARIABLE not in sources.environ:
            return OFFLINE
        person.require_own(own, (sources.root.absolute, *sources.linted))
    return file.load(own, sources.root)


def _is_same(named: Path | None, found: Path) -> bool:
    """Whether the person has named the repository's own file, and so vouches for it."""
    try:
        return named is not None and named.samefile(found)
    except OSError:
        return False
