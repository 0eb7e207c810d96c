"""Blocks of lines between which no comment can stand: code, tables, and values of several lines.

A comment right above a block counts for all of it.
"""

from bisect import bisect_right
from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple

from skill_lint.skill.skill import Skill
from skill_lint.text.source import Source
from skill_lint.yaml.node import Node


class Block(NamedTuple):
    """The first and the last line of a block, 1-based."""

    first: int
    last: int


Blocks = Mapping[str, Sequence[Block]]
"""The blocks of each file, by its path: sorted, and none inside of another."""


def blocks(skill: Skill) -> Blocks:
    """The blocks of the files that can suppress findings."""
    return {
        skill.path_of(name): list(_apart(sorted(_in_file(skill, name))))
        for name in skill.files_with_directives
    }


def first_line(found: Blocks, path: str, line: int) -> int:
    """The first line of the block that a line is in; the line itself if it is in none."""
    of_file = found.get(path, ())
    at = bisect_right(of_file, line, key=lambda block: block.first) - 1
    return of_file[at].first if at >= 0 and line <= of_file[at].last else line


def _apart(ordered: Sequence[Block]) -> Iterator[Block]:
    """The blocks without those that begin inside of another."""
    last = 0
    for block in ordered:
        if block.first > last:
            yield block
            last = block.last


def _in_file(skill: Skill, name: str) -> Iterator[Block]:
    source = skill.read(name)
    if name == skill.source.name:
        for entry in skill.frontmatter.entries:
            if entry.node:
                yield from _value(source, entry.key_span.start, entry.node)
    for fence in skill.document_of(name).fences:
        region = source.region(fence.span)
        # The end is exclusive: it is the beginning of the next line, or in the last one.
        yield Block(region.line, region.end_line - (region.end_column == 1))
    yield from _tables(source)


def _value(source: Source, key: int, value: Node) -> Iterator[Block]:
    """The lines of a text after its key, or of the texts in a mapping."""
    if value.alias is not None:
        return
    if value.kind == "scalar":
        region = source.region(value.span)
        first, last = source.position(key)[0], region.end_line - (region.end_column == 1)
        if last > first:
            yield Block(first, last)
    for inner, node in value.pairs:
        yield from _value(source, inner.span.start, node)


def _tables(source: Source) -> Iterator[Block]:
    first = 0
    for number in range(1, len(source.line_starts) + 2):
        is_row = number <= len(source.line_starts) and _is_row(source, number)
        if is_row and not first:
            first = number
        elif first and not is_row:
            yield Block(first, number - 1)
            first = 0


def _is_row(source: Source, line: int) -> bool:
    return source.slice(source.line_span(line)).lstrip(" \t>").startswith("|")
