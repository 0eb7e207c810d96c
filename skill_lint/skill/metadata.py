"""A skill's fields, from their two sources: the frontmatter, and v1's metadata.json.

A value in the frontmatter overrides one in metadata.json, which overrides an inferred one.
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
"""Fields at the top level of the frontmatter; the others stand in its `metadata` block."""
_COLLECTION = ("skills", ".skills")
"""Names of a collection's folder. A skill's path below it is the skill's id."""


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
    """The value of a field that counts, its origin, and the other source's value that it hides."""

    name: str
    value: Any
    origin: Origin
    shadowed: Given | None = None


class FieldError(NamedTuple):
    """An error that v1's schema reports in a field, and the node that has the error."""

    given: Given
    error: SchemaError
    node: Node

    @property
    def span(self) -> Span:
        return self.node.span


class MetadataFile:
    """metadata.json. `root` is None where it is absent or not valid JSON; `fault` is the error."""

    def __init__(self, source: Source, *, exists: bool) -> None:
        self.source, self.exists = source, exists

    @cached_property
    def _parsed(self) -> "tuple[Node | None, JsonFault | None]":
        if not self.exists:
            return None, None
        # Lazy import: few skills have the file.
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
        """Every top-level key in order, including duplicates."""
        pairs = self.root.pairs if self.root is not None and self.root.kind == "mapping" else []
        return [Entry(key.value, key.span, node) for key, node in pairs]

    @property
    def is_of_v1(self) -> bool:
        """Whether the file seems to be a v1 skill's: other tools use its name too."""
        if not self.exists:
            return False
        if self.root is not None and self.root.kind == "mapping":
            return "skill_id" in self.root.value
        return '"skill_id"' in self.source.text


class Metadata:
    """The fields of one skill. `folder` is its path, from which missing fields are inferred."""

    def __init__(self, frontmatter: Frontmatter, file: MetadataFile, folder: PurePath) -> None:
        self.frontmatter, self.file, self.folder = frontmatter, file, folder

    @cached_property
    def block(self) -> Mapping[str, Given]:
        """The fields of the frontmatter by name, including those of its `metadata` block."""
        source = self.frontmatter.source
        top = [(entry.key, entry.key_span, entry.node) for entry in self.frontmatter.entries]
        inner = self.frontmatter.get("metadata")
        pairs = inner.node.pairs if inner is not None and inner.node is not None else []
        fields = [(key_text(key), key.span, node) for key, node in pairs if key.kind == "scalar"]
        given = [each for each in top if each[0] in _TOP_LEVEL]
        given += [each for each in fields if each[0] not in _TOP_LEVEL]
        properties = load("skill-metadata")["properties"]
        return {
            # v2 writes its keys in kebab-case: `load-priority` is v1's `load_priority`.
            (v1_name if (v1_name := name.replace("-", "_")) in properties else name): Given(
                name, source, span, node
            )
            for name, span, node in given
            if node is not None
        }

    @cached_property
    def from_file(self) -> Mapping[str, Given]:
        """The fields of metadata.json by name; empty if the file is not a v1 skill's."""
        if not self.file.is_of_v1:
            return {}
        return {
            entry.key: Given(entry.key, self.file.source, entry.key_span, entry.node)
            for entry in self.file.entries
            if entry.node is not None
        }

    @property
    def is_v1(self) -> bool:
        """Whether one of the sources has `skill_id`, which only v1 skills have."""
        given = self.block.get("skill_id")
        # A migrated skill has `skill-id` instead.
        return self.file.is_of_v1 or (
            given is not None and "_" in given.source.slice(given.key_span)
        )

    def given(self, name: str) -> list[Given]:
        """A field as the sources give it. The first is the one that counts."""
        both = [each[name] for each in (self.block, self.from_file) if name in each]
        # A value in metadata.json counts before an empty one in the frontmatter.
        return sorted(both, key=lambda each: each.value in (None, ""))

    @cached_property
    def errors(self) -> list[FieldError]:
        """The errors that the schema reports in the given values."""
        properties = load("skill-metadata")["properties"]
        invalid = [
            given
            for given in (*self.block.values(), *self.from_file.values())
            if given.name in properties and not accepts(properties[given.name], given.value)
            # Other rules report the frontmatter's top-level keys.
            if given.name not in _TOP_LEVEL or given.origin == FILE
            # The same value in both sources is one error, reported where the field counts.
            if given is self.given(given.name)[0] or not self._is_repeated(given)
        ]
        return [
            FieldError(given, error, _node_at(given.node, error.path[1:]))
            for given in invalid
            for error in validate("skill-metadata", {given.name: given.value})
            if error.path
        ]

    def _is_repeated(self, given: Given) -> bool:
        return str(self.block[given.name].value) == str(given.value)

    @cached_property
    def mistyped(self) -> set[str]:
        """The names of the fields of metadata.json whose value does not have v1's type."""
        wrong = (each for each in self.errors if each.error.keyword == "type")
        return {each.given.name for each in wrong if each.given.origin == FILE}

    @cached_property
    def fields(self) -> Mapping[str, Field]:
        """Every field that is given or can be inferred, by name, the required ones first."""
        schema = load("skill-metadata")
        required = [*_TOP_LEVEL, *schema["required"]]
        names = dict.fromkeys([*required, *self.block, *self.from_file])
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
    """The name that belongs to an id: the last segment of the id in kebab-case."""
    last = skill_id.rpartition("/")[2].lstrip("_").lower()
    name = re.sub(r"[^a-z0-9-]", "", last.replace("_", "-"))
    return re.sub(r"-+", "-", name).strip("-")[:64]


def path_below_collection(folder: PurePath) -> tuple[str, ...]:
    """The parts of a skill's path below the nearest folder `skills` or, without one, its name."""
    parts = folder.parts
    for index in range(len(parts) - 2, -1, -1):
        if parts[index] in _COLLECTION:
            return parts[index + 1 :]
    return parts[-1:]
