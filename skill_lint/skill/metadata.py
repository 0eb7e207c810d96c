"""What a skill says of itself, from its two sources: the frontmatter, and v1's metadata.json.

For each field the frontmatter counts before metadata.json, and that before what can be inferred.
Source: the project's migration guide.
"""

import re
from collections.abc import Mapping
from functools import cached_property
from pathlib import PurePath
from typing import TYPE_CHECKING, Any, Literal, NamedTuple

from skill_lint.schema import SchemaError, accepts, load, validate
from skill_lint.skill.frontmatter import Entry, Frontmatter
from skill_lint.text.source import Source, Span
from skill_lint.yaml.node import Node, key_text

if TYPE_CHECKING:
    from skill_lint.yaml.json import JsonFault

FILE = "metadata.json"
Origin = Literal["frontmatter", "metadata.json", "inferred", "default"]

_TOP_LEVEL = ("name", "description")
"""Fields that stand in the frontmatter itself; the others in its `metadata` block."""
_COLLECTION = ("skills", ".skills")
"""Names of a folder below which a path is a skill's id."""


class Given(NamedTuple):
    """A field as one of the two sources gives it."""

    name: str
    source: Source
    key_span: Span
    node: Node

    @property
    def value(self) -> Any:
        return self.node.value

    @property
    def origin(self) -> Origin:
        return "metadata.json" if self.source.name == FILE else "frontmatter"


class Field(NamedTuple):
    """A field as it counts, where it comes from, and what it hides of the other source."""

    name: str
    value: Any
    origin: Origin
    shadowed: Given | None = None


class FieldError(NamedTuple):
    """What the schema of v1 says of a field, and the characters it says it of."""

    given: Given
    error: SchemaError
    node: Node

    @property
    def span(self) -> Span:
        return self.node.span


class MetadataFile:
    """metadata.json. `root` is None where it is absent or no JSON; `fault` says why it is none."""

    def __init__(self, source: Source, *, exists: bool) -> None:
        self.source, self.exists = source, exists

    @cached_property
    def _parsed(self) -> "tuple[Node | None, JsonFault | None]":
        if not self.exists:
            return None, None
        # Late, for few skills have the file.
        from skill_lint.yaml.json import JsonFault, parse

        if self.source.problem is not None:
            return None, JsonFault(self.source.problem.message, self.source.problem.span.start)
        try:
            return parse(self.source.text), None
        except JsonFault as fault:
            return None, fault

    @property
    def root(self) -> Node | None:
        return self._parsed[0]

    @property
    def fault(self) -> "JsonFault | None":
        return self._parsed[1]

    @cached_property
    def entries(self) -> list[Entry]:
        """Every top-level key in order, duplicates included."""
        pairs = self.root.pairs if self.root is not None and self.root.kind == "mapping" else []
        return [Entry(key.value, key.span, node) for key, node in pairs]

    @property
    def is_of_v1(self) -> bool:
        """Whether it is a v1 skill's, as far as that can be told: others use the name too."""
        if not self.exists:
            return False
        if self.root is not None and self.root.kind == "mapping":
            return "skill_id" in self.root.value
        return '"skill_id"' in self.source.text


class Metadata:
    """The fields of one skill. `folder` is where the skill is, for what can be inferred."""

    def __init__(self, frontmatter: Frontmatter, file: MetadataFile, folder: PurePath) -> None:
        self.frontmatter, self.file, self.folder = frontmatter, file, folder

    @cached_property
    def block(self) -> Mapping[str, Given]:
        """The fields of the frontmatter, those of its `metadata` block among them, by name."""
        source = self.frontmatter.source
        top = [(entry.key, entry.key_span, entry.node) for entry in self.frontmatter.entries]
        inner = self.frontmatter.get("metadata")
        pairs = inner.node.pairs if inner is not None and inner.node is not None else []
        fields = [(key_text(key), key.span, node) for key, node in pairs if key.kind == "scalar"]
        given = [each for each in top if each[0] in _TOP_LEVEL]
        given += [each for each in fields if each[0] not in _TOP_LEVEL]
        known = load("skill-metadata")["properties"]
        return {
            # v2 writes its keys in kebab-case: `load-priority` is v1's `load_priority`.
            (plain if (plain := name.replace("-", "_")) in known else name): Given(
                name, source, span, node
            )
            for name, span, node in given
            if node is not None
        }

    @cached_property
    def from_file(self) -> Mapping[str, Given]:
        """The fields of metadata.json by name, where it is a v1 skill's."""
        if not self.file.is_of_v1:
            return {}
        return {
            entry.key: Given(entry.key, self.file.source, entry.key_span, entry.node)
            for entry in self.file.entries
            if entry.node is not None
        }

    @property
    def is_v1(self) -> bool:
        """Whether one of the sources has what only a v1 skill has: `skill_id`."""
        given = self.block.get("skill_id")
        # `skill-id` is what a skill has that was migrated.
        return self.file.is_of_v1 or (
            given is not None and "_" in given.source.slice(given.key_span)
        )

    def given(self, name: str) -> list[Given]:
        """A field as the sources give it, the one that counts first."""
        both = [each[name] for each in (self.block, self.from_file) if name in each]
        # An empty value in the frontmatter says nothing, where metadata.json says something.
        return sorted(both, key=lambda each: each.value in (None, ""))

    @cached_property
    def errors(self) -> list[FieldError]:
        """What the schema says of every value that is given."""
        known = load("skill-metadata")["properties"]
        judged = [
            given
            for given in (*self.block.values(), *self.from_file.values())
            if given.name in known and not accepts(known[given.name], given.value)
            # Of the frontmatter's own keys its rules speak.
            if given.name not in _TOP_LEVEL or given.origin == FILE
            # What both say is one fault, at the place that counts.
            if given is self.given(given.name)[0] or not self._is_repeated(given)
        ]
        return [
            FieldError(given, error, _node_at(given.node, error.path[1:]))
            for given in judged
            for error in validate("skill-metadata", {given.name: given.value})
            if error.path
        ]

    def _is_repeated(self, given: Given) -> bool:
        return str(self.block[given.name].value) == str(given.value)

    @property
    def mistyped(self) -> set[str]:
        """The names of fields of metadata.json whose value is not of the type that v1 knows."""
        wrong = (each for each in self.errors if each.error.keyword == "type")
        return {each.given.name for each in wrong if each.given.origin == FILE}

    @cached_property
    def fields(self) -> Mapping[str, Field]:
        """Every field that is given or can be inferred, by name, the usual ones first."""
        schema = load("skill-metadata")
        usual = [*_TOP_LEVEL, *schema["required"]]
        names = dict.fromkeys([*usual, *self.block, *self.from_file])
        return {name: self._field(name) for name in names}

    def _field(self, name: str) -> Field:
        given = self.given(name)
        if given:
            shadowed = given[1] if len(given) > 1 else None
            return Field(name, given[0].value, given[0].origin, shadowed)
        if name == "name":
            ids = self.given("skill_id")
            inferred = name_of_id(ids[0].value) if ids and isinstance(ids[0].value, str) else ""
            return Field(name, inferred or self.folder.name, "inferred")
        if name == "skill_id":
            return Field(name, "/".join(path_below_collection(self.folder)), "inferred")
        default = load("skill-metadata")["properties"][name].get("default", "")
        return Field(name, default, "default")


def _node_at(node: Node, path: tuple[str | int, ...]) -> Node:
    for step in path:
        if isinstance(step, int) and step < len(node.items):
            node = node.items[step]
    return node


def name_of_id(skill_id: str) -> str:
    """The name that an id stands for: its last segment in kebab-case."""
    last = skill_id.rpartition("/")[2].lstrip("_").lower()
    name = re.sub(r"[^a-z0-9-]", "", last.replace("_", "-"))
    return re.sub(r"-+", "-", name).strip("-")[:64]


def path_below_collection(folder: PurePath) -> tuple[str, ...]:
    """The parts of a skill's path below the nearest folder `skills`; without one, its name."""
    parts = folder.parts
    for index in range(len(parts) - 2, -1, -1):
        if parts[index] in _COLLECTION:
            return parts[index + 1 :]
    return parts[-1:]
