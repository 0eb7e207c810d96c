"""Facts: the data of one skill that collection rules use.

Facts are small and simple, so that twenty thousand of them fit into memory, can be sent between
processes, and can be cached: collection rules never read a skill again. Facts do not depend on
anything outside of the skill.
"""

import posixpath
import re
from collections.abc import Iterator, Mapping
from functools import cached_property
from pathlib import PurePosixPath
from typing import NamedTuple

from skill_lint.collection.body import EMPTY, Body, body_of
from skill_lint.diagnostic import Place
from skill_lint.skill.link_resolution import Reference
from skill_lint.skill.link_target import join
from skill_lint.skill.metadata import Given, path_below_collection
from skill_lint.skill.skill import Skill
from skill_lint.skill.tree import PLACEHOLDERS
from skill_lint.text.source import START
from skill_lint.yaml.node import Node

MOST_TEXT = 4_000
"""Characters of a text that are kept; the longest real description has 2,218."""
MOST_SAID = 1_000
"""Entries of a list, and links to outside of a skill, that are kept."""
_OUTWARD = re.compile(r"\.\.[/\\]")


class Said(NamedTuple):
    """A text from a skill, and its place."""

    text: str
    place: Place


class Outward(NamedTuple):
    """A link to outside of its skill: as written, and its target, a path like `Facts.path`.

    A skill that is nested in this one also counts as outside. `is_in_reach`: SKILL.md leads an
    agent to the file with the link.
    """

    written: str
    path: str
    place: Place
    is_in_reach: bool = True


class _Content(NamedTuple):
    body: Body = EMPTY
    packed: str = ""


class Content(_Content):
    """What is in a skill: its body, and its files with their sizes, which are `packed`."""

    @cached_property
    def files(self) -> Mapping[str, int]:
        """The size of each file in bytes; -1 for a link to a folder, whose name ends in `/`."""
        words = self.packed.split("\0") if self.packed else []
        return dict(zip(words[::2], map(int, words[1::2]), strict=True))

    @cached_property
    def folders(self) -> frozenset[str]:
        """The folders that contain the skill's files."""
        parents = (PurePosixPath(name).parents for name in self.files)
        return frozenset(str(parent) for each in parents for parent in each)


NO_CONTENT = Content()


class _Facts(NamedTuple):
    path: str
    top: Place
    directory: str = ""
    name: Said | None = None
    description: Said | None = None
    skill_id: Said | None = None
    dependencies: tuple[Said, ...] = ()
    see_also: tuple[Said, ...] = ()
    listing: int = 0
    is_listed: bool = True
    unrecorded_content: Content = NO_CONTENT
    links: tuple[Outward, ...] = ()


class Facts(_Facts):
    """The facts of one skill.

    `path` is the skill's folder, POSIX and relative to the working directory; `directory` is that
    folder's name; `top` is the place for findings on the whole skill. `listing` is the number of
    characters in its name and description; `is_listed` is whether clients list it to agents.
    Rules ask `Collection.content` for what is in a skill, because that records the use.
    """

    def __hash__(self) -> int:
        # Skills differ in their path; hashing all the rest takes time.
        return hash(self.path)

    @property
    def shown_name(self) -> str:
        """The skill's name in messages."""
        return self.name.text if self.name else self.directory

    @property
    def ids(self) -> set[str]:
        """The names that others may use for it: id, name, directory, and path in the collection."""
        given = {each.text.strip() for each in (self.skill_id, self.name) if each}
        inferred = "/".join(path_below_collection(PurePosixPath(self.path)))
        return {*given, inferred, self.directory} - {""}


def facts_of(skill: Skill) -> Facts:
    """The facts of one skill. Fields that are missing or have no text are empty."""
    name, description = _first(skill, "name"), _first(skill, "description")
    hidden = skill.frontmatter.get("disable-model-invocation")
    return Facts(
        path=skill.path,
        top=skill.source.place(START),
        directory=skill.tree.directory_name,
        name=_cut(name),
        description=_cut(description),
        skill_id=_cut(_first(skill, "skill_id")),
        dependencies=tuple(_list(skill, "dependencies")),
        see_also=tuple(_list(skill, "see_also")),
        listing=sum(len(each.text.strip()) for each in (name, description) if each),
        is_listed=hidden is None or hidden.value is not True,
        unrecorded_content=Content(
            body_of(skill.source, _body_start(skill)), "\0".join(_sized(skill))
        ),
        links=tuple(link for _, link in zip(range(MOST_SAID), _outward(skill), strict=False)),
    )


def _body_start(skill: Skill) -> int:
    return skill.frontmatter.block.end if skill.frontmatter.block else 0


def _first(skill: Skill, field: str) -> Said | None:
    """The first value of a field that is text and not blank."""
    for given in skill.metadata.given(field):
        if isinstance(given.value, str) and given.value.strip():
            return _said(given, given.node)
    return None


def _cut(entry: Said | None) -> Said | None:
    return entry and entry._replace(text=entry.text[:MOST_TEXT])


def _list(skill: Skill, field: str) -> Iterator[Said]:
    """The texts of a field that contains a list of texts, or one text."""
    for given in skill.metadata.given(field)[:1]:
        nodes = given.node.items if given.node.kind == "sequence" else [given.node]
        texts = [node for node in nodes if isinstance(node.value, str) and node.value.strip()]
        yield from (_said(given, node) for node in texts[:MOST_SAID])


def _said(given: Given, node: Node) -> Said:
    return Said(node.value, given.source.place(node.span))


def _sized(skill: Skill) -> Iterator[str]:
    """The names and sizes of the files, alternating, sorted by name."""
    for name in sorted(skill.tree.files):
        if name.rpartition("/")[2] not in PLACEHOLDERS:
            yield from (name, str(skill.directory.size(name)))
    for name in sorted(skill.tree.symlinks.keys() & skill.tree.folders):
        yield from (f"{name}/", "-1")


def _outward(skill: Skill) -> Iterator[Outward]:
    """Every link to outside of the skill, in the files that an agent reads as guidance."""
    for name in skill.guidance_files:
        # Few files have such a link; files that cannot have one are not parsed.
        if skill.tree.nested or _OUTWARD.search(skill.read(name).text):
            for link in skill.references[name].links:
                if path := _outside(skill, link):
                    place = link.source.place(link.span)
                    target = posixpath.normpath(f"{skill.path}/{path}")
                    yield Outward(link.written, target, place, skill.reach.leads_to(name))


def _outside(skill: Skill, link: Reference) -> str | None:
    """The target of a link to outside of the skill, relative to the skill's root; else None."""
    if link.target.kind != "path":
        return None
    folder = "" if link.target.from_root else posixpath.dirname(link.source.name)
    here, from_root = join(folder, link.target.path), join("", link.target.path)
    own = f"../{skill.tree.directory_name}"
    if here in skill.tree.files or here in skill.tree.folders:
        return here if here in skill.tree.nested else None
    if skill.tree.is_nested(here):
        return here
    leaving = [path for path in (here, from_root) if path.startswith("../")]
    return next((path for path in leaving if path != own and not path.startswith(f"{own}/")), None)
