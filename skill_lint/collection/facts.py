"""What the rules of the family `collection` may know of one skill.

Small and plain, so that twenty thousand of them fit into memory, travel between processes, and can
be kept in the cache: whoever judges a collection reads no skill again. Nothing here depends on what
lies outside the skill.
"""

import posixpath
import re
from collections.abc import Iterator, Mapping
from functools import cached_property
from pathlib import PurePosixPath
from typing import NamedTuple

from skill_lint.collection.body import EMPTY, Body, body_of
from skill_lint.diagnostic import Place
from skill_lint.skill.link_target import join
from skill_lint.skill.links import Reference
from skill_lint.skill.metadata import Given, path_below_collection
from skill_lint.skill.skill import Skill
from skill_lint.skill.tree import PLACEHOLDERS
from skill_lint.text.source import START
from skill_lint.yaml.node import Node

MOST_TEXT = 4_000
"""Characters of a text that are kept; the longest real description has 2,218."""
MOST_SAID = 1_000
"""Entries of a list, and links out of a skill, that are kept."""
_OUTWARD = re.compile(r"\.\.[/\\]")


class Said(NamedTuple):
    """A text as a skill says it, and where."""

    text: str
    place: Place


class Outward(NamedTuple):
    """A link that leaves its skill: as written, and where it leads, as `Facts.path` counts.

    A skill that is nested in this one is another skill too.
    """

    written: str
    path: str
    place: Place


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
    body: Body = EMPTY
    packed: str = ""
    links: tuple[Outward, ...] = ()


class Facts(_Facts):
    """One skill, as others see it.

    `path` is its folder, POSIX and relative to the working directory; `directory` that folder's
    name; `top` where to point at it as a whole. `listing` counts the characters of its name and
    description, `is_listed` says whether an agent is told of it at all. `packed` are its files with
    their sizes.
    """

    @cached_property
    def files(self) -> Mapping[str, int]:
        """The skill's files with their sizes in bytes; -1 for a link to a folder, with a slash."""
        words = self.packed.split("\0") if self.packed else []
        return dict(zip(words[::2], map(int, words[1::2]), strict=True))

    @cached_property
    def folders(self) -> frozenset[str]:
        """The folders that its files are in."""
        parents = (PurePosixPath(name).parents for name in self.files)
        return frozenset(str(parent) for each in parents for parent in each)

    @property
    def shown_name(self) -> str:
        """The name to call it by in a message."""
        return self.name.text if self.name else self.directory

    @property
    def ids(self) -> set[str]:
        """What others may name it by: its id, its name, and its path below the collection."""
        said = {each.text.strip() for each in (self.skill_id, self.name) if each}
        inferred = "/".join(path_below_collection(PurePosixPath(self.path)))
        return {*said, inferred, self.directory} - {""}


def facts_of(skill: Skill) -> Facts:
    """The facts of one skill; what it does not say, or not as text, is left out."""
    name, description = _first(skill, "name"), _first(skill, "description")
    hidden = skill.frontmatter.get("disable-model-invocation")
    return Facts(
        path=skill.path,
        top=skill.source.place(START),
        directory=skill.tree.directory_name,
        name=_kept(name),
        description=_kept(description),
        skill_id=_kept(_first(skill, "skill_id")),
        dependencies=tuple(_list(skill, "dependencies")),
        see_also=tuple(_list(skill, "see_also")),
        listing=sum(len(each.text.strip()) for each in (name, description) if each),
        is_listed=hidden is None or hidden.value is not True,
        body=body_of(skill.source, _body_start(skill)),
        packed="\0".join(_sized(skill)),
        links=tuple(link for _, link in zip(range(MOST_SAID), _outward(skill), strict=False)),
    )


def _body_start(skill: Skill) -> int:
    return skill.frontmatter.block.end if skill.frontmatter.block else 0


def _first(skill: Skill, field: str) -> Said | None:
    """A field as it counts, where it is a text."""
    for given in skill.metadata.given(field):
        if isinstance(given.value, str) and given.value.strip():
            return _said(given, given.node)
    return None


def _kept(said: Said | None) -> Said | None:
    return said and said._replace(text=said.text[:MOST_TEXT])


def _list(skill: Skill, field: str) -> Iterator[Said]:
    """The texts of a field that holds a list of them, or one."""
    for given in skill.metadata.given(field)[:1]:
        nodes = given.node.items if given.node.kind == "sequence" else [given.node]
        texts = [node for node in nodes if isinstance(node.value, str) and node.value.strip()]
        yield from (_said(given, node) for node in texts[:MOST_SAID])


def _said(given: Given, node: Node) -> Said:
    return Said(node.value, given.source.place(node.span))


def _sized(skill: Skill) -> Iterator[str]:
    """Each file's name and size, sorted by name."""
    for name in sorted(skill.tree.files):
        if name.rpartition("/")[2] not in PLACEHOLDERS:
            yield from (name, str(skill.directory.size(name)))
    for name in sorted(skill.tree.symlinks.keys() & skill.tree.folders):
        yield from (f"{name}/", "-1")


def _outward(skill: Skill) -> Iterator[Outward]:
    """Every link out of the skill, in the files that an agent reads as guidance."""
    for name in skill.guidance_files:
        # Few files have one; the others are not parsed.
        if skill.tree.nested or _OUTWARD.search(skill.read(name).text):
            for link in skill.references[name].links:
                if path := _outside(skill, link):
                    place = link.source.place(link.span)
                    yield Outward(link.written, posixpath.normpath(f"{skill.path}/{path}"), place)


def _outside(skill: Skill, link: Reference) -> str | None:
    """Where a link leads that leaves the skill, relative to its root."""
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
