"""The step that writes the fields of v1 into the frontmatter."""

from collections.abc import Iterator

from skill_lint.diagnostic import Edit, Fix
from skill_lint.edits.quote import escaped, quote_scalar, scalar
from skill_lint.skill.frontmatter import Entry
from skill_lint.skill.skill import Skill
from skill_lint.skill.v1_homes import texts
from skill_lint.text.source import Span


def write(skill: Skill) -> Fix | None:
    """Add the values that the frontmatter lacks. The present text stays, byte for byte."""
    fields, metadata = missing_fields(skill), missing_metadata(skill)
    if not fields and not metadata:
        return None
    if skill.frontmatter.block is None:
        lines = [*_lines(fields), "metadata:", *(f"  {line}" for line in _lines(metadata))]
        text = _joined(skill, ["---", *lines, "---", ""])
        edits = [skill.source.edit(Span(0, 0), text)]
    else:
        edits = list(_insertions(skill, fields, metadata))
    names = ", ".join(f"`{name}`" for name, _ in (*fields, *metadata))
    return Fix(f"wrote {names} into the frontmatter", tuple(edits))


def tidy(skill: Skill) -> Fix | None:
    """Once metadata.json is gone, rename `skill_id` and put scalars of `metadata` in quotes."""
    if skill.metadata.file.is_of_v1:
        return None
    edits = tuple(_corrections(skill))
    return Fix("made `skill_id` a `skill-id`", edits) if edits else None


def missing_fields(skill: Skill) -> list[tuple[str, str]]:
    """`name` and `description`, if the frontmatter lacks them and their values are known."""
    fields = skill.metadata.fields
    lacking = [name for name in ("name", "description") if name not in skill.metadata.block]
    values = [(name, fields[name].value) for name in lacking]
    return [(name, value) for name, value in values if isinstance(value, str) and value.strip()]


def missing_metadata(skill: Skill) -> list[tuple[str, str]]:
    """The keys and texts of metadata.json that the frontmatter's `metadata` lacks."""
    metadata = skill.metadata
    present = {name.replace("_", "-") for name in metadata.block}
    left_out = {"name", "description"} | metadata.mistyped
    pairs = [
        pair
        for name, given in metadata.from_file.items()
        if name not in left_out
        for pair in texts(name, given.node) or ()
    ]
    return [(key, text) for key, text in pairs if key not in present]


def _lines(pairs: list[tuple[str, str]]) -> list[str]:
    return [f"{scalar(key)}: {_written(text)}" for key, text in pairs]


def _written(text: str) -> str:
    """A text as a YAML scalar on one line."""
    return scalar(text) if text.isprintable() else escaped(text)


def _joined(skill: Skill, lines: list[str]) -> str:
    return "".join(f"{line}{skill.source.line_end}" for line in lines)


def _insertions(
    skill: Skill, fields: list[tuple[str, str]], metadata: list[tuple[str, str]]
) -> Iterator[Edit]:
    frontmatter, source = skill.frontmatter, skill.source
    assert frontmatter.block is not None
    content = frontmatter.block.content
    if fields:
        name = frontmatter.get("name")
        at = _next_line(skill, name.span.end) if name else content.start
        yield source.edit(Span(at, at), _joined(skill, _lines(fields)))
    entry = frontmatter.get("metadata")
    if not metadata:
        return
    node = entry.node if entry else None
    if node is not None and node.flow and node.pairs:
        at = node.pairs[-1][1].span.end
        text = "".join(f", {escaped(key)}: {escaped(text)}" for key, text in metadata)
        yield source.edit(Span(at, at), text)
    elif node is not None and node.pairs:
        indent = " " * (source.position(node.pairs[0][0].span.start)[1] - 1)
        at, lines = _next_line(skill, node.span.end), [indent + each for each in _lines(metadata)]
        yield source.edit(Span(at, at), _joined(skill, lines))
    else:
        yield from _new_block(skill, entry, metadata)


def _new_block(
    skill: Skill, entry: Entry | None, metadata: list[tuple[str, str]]
) -> Iterator[Edit]:
    lines = [f"  {line}" for line in _lines(metadata)]
    assert skill.frontmatter.block is not None
    if entry is None:
        at, lines = skill.frontmatter.block.content.end, ["metadata:", *lines]
    else:
        at = _next_line(skill, entry.key_span.end)
        if entry.node is not None and entry.node.raw:
            # The new lines replace `{}`, `null` or `~`.
            yield skill.source.edit(entry.node.span, "")
    yield skill.source.edit(Span(at, at), _joined(skill, lines))


def _next_line(skill: Skill, offset: int) -> int:
    """The offset at which the next line begins."""
    return skill.source.line_starts[skill.source.position(offset)[0]]


def _corrections(skill: Skill) -> Iterator[Edit]:
    """`skill_id` as `skill-id`, which ends v1; quotes around scalars that v2 wants as strings."""
    entry = skill.frontmatter.get("metadata")
    for key, node in entry.node.pairs if entry and entry.node else ():
        written = skill.source.slice(key.span)
        if key.value == "skill_id" and "skill_id" in written:
            start = key.span.start + written.index("_")
            yield skill.source.edit(Span(start, start + 1), "-")
        fix = None if isinstance(node.value, str) else quote_scalar(skill.source, node)
        yield from fix.edits if fix else ()
