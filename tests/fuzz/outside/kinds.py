"""Each kind of file that is read from outside: its seeds, how it is written, and its reader."""

import random
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from tests.fuzz.outside import answers, kept, settings, skills

SEEDS = Path(__file__).parent / "seeds"
Reader = Callable[[bytes, random.Random], None]


@dataclass(frozen=True)
class Kind:
    """`form` is how it is written: json, yaml, toml, text, or lines of JSON.

    `read` raises for an input that our reader cannot stand. Its dice decide how else it is tried.
    """

    form: str
    read: Reader

    def seeds(self, name: str) -> Sequence[bytes]:
        """The seeds of this kind, which has a name, from the folder of that name."""
        return [file.read_bytes() for file in sorted((SEEDS / name).iterdir())]


class Kept(Kind):
    """An entry of the cache. A run of this version makes the seeds."""

    def seeds(self, name: str) -> Sequence[bytes]:
        return [value for _, value in kept.values()[name.removeprefix("cached-")]]


KINDS: Mapping[str, Kind] = {
    "configuration": Kind("yaml", settings.configuration(".skill-lint.yaml")),
    "toml": Kind("toml", settings.configuration("skill-lint.toml")),
    "pyproject": Kind("toml", settings.configuration("pyproject.toml")),
    "own-models": Kind("yaml", settings.own_models),
    "repository-models": Kind("yaml", settings.repository_models),
    "baseline": Kind("json", settings.a_baseline),
    "cached-run": Kept("lines", kept.cached("run")),
    "cached-skill": Kept("lines", kept.cached("skill")),
    "cached-answer": Kind("json", kept.answer),
    "response": Kind("json", answers.response),
    "model-answer": Kind("json", answers.answer),
    "metadata": Kind("json", skills.metadata),
    "frontmatter": Kind("yaml", skills.block),
    "name": Kind("text", skills.name),
}
