"""The step that writes the fields of v1 into the frontmatter."""

from collections.abc import Iterator

from skill_lint.diagnostic import Edit, Fix
from skill_lint.edits.quote import escaped, quote_scalar, scalar
from skill_lint.skill.frontmatter import Entry
from skill_lint.skill.skill import Skill
from skill_lint.skill.v1_homes import texts
from skill_lint.text.source import Span


def write(skill: Skill) -> Fix | None:
    """Fill in what the frontmatter lacks; what stands there stays, byte for byte."""
    top, inner = _top(skill), _inner(skill)
    if not top and not inner:
        return None
    if skill.frontmatter.block is None:
        lines = [*_lines(top), "metadata:", *(f"  {line}" for line in _lines(inner))]
        text = _joined(skill, ["---", *lines, "---", ""])
        edits = [skill.source.edit(Span(0, 0), text)]
    else:
        edits = list(_insertions(skill, top, inner))
    names = ", ".join(f"`{name}`" for name, _ in (*top, *inner))
    return Fix(f"wrote {names} into the frontmatter", tuple(edits))


def tidy(skill: Skill) -> Fix | None:
    """Make the block v2's, once metadata.json is gone: `skill-id`, and texts in quotes."""
    if skill.metadata.file.is_of_v1:
        return None
    edits = tuple(_corrections(skill))
    return Fix("made `skill_id` a `skill-id`", edits) if edits else None


def _top(skill: Skill) -> list[tuple[str, str]]:
    """`name` and `description`, as far as the frontmatter lacks them and they are known."""
    fields = skill.metadata.fields
    lacking = [name for name in ("name", "description") if name not in skill.metadata.block]
    values = [(name, fields[name].value) for name in lacking]
    return [(name, value) for name, value in values if isinstance(value, str) and value.strip()]


def _inner(skill: Skill) -> list[tuple[str, str]]:
    """The texts of metadata.json that the frontmatter's `metadata` lacks."""
    metadata = skill.metadata
    known = {name.replace("_", "-") for name in metadata.block}
    pairs = [
        pair
        for name, given in metadata.from_file.items()
        if name not in ("name", "description", *metadata.mistyped)
        for pair in texts(name, given.node) or ()
    ]
    return [(key, text) for key, text in pairs if key not in known]


def _lines(pairs: list[tuple[str, str]]) -> list[str]:
    return [f"{scalar(key)}: {_written(text)}" for key, text in pairs]


def _written(text: str) -> str:
    """A text as YAML on one line."""
    return scalar(text) if text.isprintable() else escaped(text)


def _joined(skill: Skill, lines: list[str]) -> str:
    return "".join(f"{line}{skill.source.line_end}" for line in lines)


def _insertions(
    skill: Skill, top: list[tuple[str, str]], inner: list[tuple[str, str]]
) -> Iterator[Edit]:
    frontmatter, source = skill.frontmatter, skill.source
    assert frontmatter.block is not None
    content = frontmatter.block.content
    if top:
        name = frontmatter.get("name")
        at = _behind(skill, name.span.end) if name else content.start
        yield source.edit(Span(at, at), _joined(skill, _lines(top)))
    entry = frontmatter.get("metadata")
    if not inner:
        return
    node = entry.node if entry else None
    if node is not None and node.flow and node.pairs:
        at = node.pairs[-1][1].span.end
        text = "".join(f", {escaped(key)}: {escaped(text)}" for key, text in inner)
        yield source.edit(Span(at, at), text)
    elif node is not None and node.pairs:
        indent = " " * (source.position(node.pairs[0][0].span.start)[1] - 1)
        at = _behind(skill, node.span.end)
        yield source.edit(Span(at, at), _joined(skill, [indent + each for each in _lines(inner)]))
    else:
        yield from _new_block(skill, entry, inner)


def _new_block(skill: Skill, entry: Entry | None, inner: list[tuple[str, str]]) -> Iterator[Edit]:
    lines = [f"  {line}" for line in _lines(inner)]
    assert skill.frontmatter.block is not None
    if entry is None:
        at, lines = skill.frontmatter.block.content.end, ["metadata:", *lines]
    else:
        at = _behind(skill, entry.key_span.end)
        if entry.node is not None and entry.node.raw:
            # `{}`, `null` and `~` give way to what the block has now.
            yield skill.source.edit(entry.node.span, "")
    yield skill.source.edit(Span(at, at), _joined(skill, lines))


def _behind(skill: Skill, offset: int) -> int:
    """Where the next line begins."""
    return skill.source.line_starts[skill.source.position(offset)[0]]


def _corrections(skill: Skill) -> Iterator[Edit]:
    """`skill-id`, by which a migrated skill is no v1 skill any more; quotes where v2 wants text."""
    entry = skill.frontmatter.get("metadata")
    for key, node in entry.node.pairs if entry and entry.node else ():
        written = skill.source.slice(key.span)
        if key.value == "skill_id" and "skill_id" in written:
            start = key.span.start + written.index("_")
            yield skill.source.edit(Span(start, start + 1), "-")
        fix = None if isinstance(node.value, str) else quote_scalar(skill.source, node)
        yield from fix.edits if fix else ()
