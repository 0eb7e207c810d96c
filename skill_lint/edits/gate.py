"""Checks on every fix before it is applied: it must not break the frontmatter or the Markdown."""

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from functools import lru_cache

from skill_lint.diagnostic import Edit, Fix
from skill_lint.edits.apply import apply
from skill_lint.lazy_regex import lazy_compile
from skill_lint.skill.frontmatter import Frontmatter
from skill_lint.skill.skill import MARKDOWN, Skill
from skill_lint.skill.yaml_causes import yaml_causes
from skill_lint.text.source import Source

_PATH, _LETTER, _SIGN = map(re.compile, ("[A-Za-z0-9./_-]*", "[A-Za-z]", r"[<>]|\]:"))

_NO_TEXT = lazy_compile("[\ud800-\udfff]")
"""What Python makes of the bytes of a name that are no UTF-8. No text can hold it."""


def tried_on(skill: Skill, fixes: Sequence[Fix]) -> Skill | str:
    """The skill with these fixes applied together, or the reason not to apply them."""
    for fix in fixes:
        for edit in fix.edits:
            if skill.directory.real_name(skill.name_of(edit.path)) is None:
                return "it is a symbolic link out of the skill"
            if _NO_TEXT.search(edit.text):
                return "it would write a name that is no UTF-8"
    after = skill.with_draft(apply(skill, fixes))
    return _harm(skill, after, fixes) or after


def _harm(before: Skill, after: Skill, fixes: Iterable[Fix]) -> str | None:
    """The harm that the fixes would do together; None if there is none."""
    edits: dict[str, list[Edit]] = {}
    for fix in fixes:
        for edit in fix.edits:
            edits.setdefault(before.name_of(edit.path), []).append(edit)
    if reason := _frontmatter_harm(before, after, edits.get(before.source.name, [])):
        return reason
    moved = {origin: name for name, origin in after.draft.origins.items()}
    for name, changes in edits.items():
        if name.lower().endswith(MARKDOWN):
            now = moved.get(before.draft.on_disk(name), name)
            if _outline_breaks(before, after, (name, now), changes):
                return "the structure of the Markdown would change"
    return None


def _frontmatter_harm(before: Skill, after: Skill, edits: Sequence[Edit]) -> str | None:
    old, new = before.frontmatter, after.frontmatter
    block, text = old.block, before.source.text
    if block and not block.unclosed and after.source.text.startswith(text[: block.end]):
        return None
    if _is_sound(old) and not _is_sound(new):
        return "the result would not be valid YAML"
    if old.fault is not None and _unquotable(new) > _unquotable(old):
        return "the result would not be valid YAML"
    if _duplicate_keys(new) - _duplicate_keys(old):
        return "a key would occur twice"
    touched = _edited_keys(old, before.source, edits)
    for key, entry in old.by_key.items():
        if key in touched or entry.node is None:
            continue
        now = new.get(key)
        if now is None or repr(now.value) != repr(entry.value):
            return f"it would change the value of `{key}`"
    return None


def _is_sound(frontmatter: Frontmatter) -> bool:
    block = frontmatter.block
    if block is None or block.unclosed:
        return False
    root = frontmatter.root
    return frontmatter.fault is None and (root is None or root.kind == "mapping")


@lru_cache(4)
def _unquotable(frontmatter: Frontmatter) -> int:
    """The number of YAML faults that quotes cannot fix."""
    return sum(cause.value is None for cause in yaml_causes(frontmatter))


def _duplicate_keys(frontmatter: Frontmatter) -> set[str]:
    keys = Counter(entry.key for entry in frontmatter.entries)
    return {key for key, number in keys.items() if number > 1}


def _edited_keys(frontmatter: Frontmatter, source: Source, edits: Sequence[Edit]) -> set[str]:
    """The keys whose entry contains an edit."""
    entries = frontmatter.entries
    if not entries or frontmatter.block is None:
        return set()
    ends = [entry.key_span.start for entry in entries[1:]] + [frontmatter.block.content.end]
    spans = [source.span(edit.region) for edit in edits]
    return {
        entry.key
        for entry, end in zip(entries, ends, strict=True)
        if any(entry.key_span.start <= span.start < end for span in spans)
    }


def _outline_breaks(
    before: Skill, after: Skill, names: tuple[str, str], edits: Sequence[Edit]
) -> bool:
    """Whether the structure changes, or a heading that contains no edit."""
    if all(within_words(before.read(names[0]), edit) for edit in edits):
        return False
    old, new = before.document_of(names[0]), after.document_of(names[1])
    if old.body == new.body:
        return False
    if not old.has_structure_of(new) or len(old.headings) != len(new.headings):
        return True
    lines = {line for edit in edits for line in range(edit.region.line, edit.region.end_line + 1)}
    return any(
        (one.level, one.text) != (other.level, other.text) and lines.isdisjoint({one.line})
        for one, other in zip(old.headings, new.headings, strict=True)
    )


def within_words(source: Source, edit: Edit) -> bool:
    """Whether an edit only replaces a path, or a part of one, after other words in its line.

    Such an edit cannot change the structure: blocks begin and end at the start of a line, or with
    a character that no path contains.
    """
    text, line = source.text, source.line_span(edit.region.line)
    start, end = source.span(edit.region)
    return (
        end <= line.end
        and _PATH.fullmatch(text, start, end) is not None
        and _PATH.fullmatch(edit.text) is not None
        and _LETTER.search(text, line.start, start) is not None
        and text[start - 1] != "]"
        and _SIGN.search(text, *line) is None
        and bool(edit.text or text[end : end + 1].strip())
    )
