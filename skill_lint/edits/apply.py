"""Fixes × a skill → the draft of the fixed skill. Nothing is written to disk here."""

from bisect import bisect_left, insort
from collections.abc import Iterable, Sequence
from pathlib import PurePosixPath

from skill_lint.diagnostic import Diagnostic, Edit, Fix
from skill_lint.skill.draft import Draft
from skill_lint.skill.skill import Skill
from skill_lint.text.source import Source, Span


def compatible(skill: Skill, diagnostics: Sequence[Diagnostic]) -> list[Diagnostic]:
    """The diagnostics whose fixes can be applied together, in order; the rest need another pass.

    Two fixes that touch the same characters, or insert at the same place, exclude each other. A
    fix that moves files is applied alone, because it changes the files that other fixes edit.
    Fixes that only delete are applied together.
    """
    chosen: list[Diagnostic] = []
    taken: dict[str, list[Span]] = {}  # sorted, without overlaps
    deletes = False
    for diagnostic in diagnostics:
        fix = diagnostic.fix
        if fix is None or (chosen and (fix.moves or deletes) and not (deletes and _deletes(fix))):
            continue
        spans = [(_real_name(skill, edit), _key(edit)) for edit in fix.edits]
        if any(_is_taken(span, taken.get(name, [])) for name, span in spans):
            continue
        chosen.append(diagnostic)
        deletes = _deletes(fix)
        if fix.moves and not deletes:
            break
        for name, span in spans:
            insort(taken.setdefault(name, []), span)
    return chosen


def _deletes(fix: Fix) -> bool:
    """Whether a fix only deletes files and folders."""
    return bool(fix.moves) and not fix.edits and all(move.to is None for move in fix.moves)


def _is_taken(span: Span, others: list[Span]) -> bool:
    at = bisect_left(others, span)
    return any(_touch(span, other) for other in others[max(0, at - 1) : at + 2])


def _real_name(skill: Skill, edit: Edit) -> str:
    """The file to write: two links to the same file count as one file."""
    name = skill.name_of(edit.path)
    return skill.directory.real_name(name) or name


def _key(edit: Edit) -> Span:
    """The region as two numbers that sort like its two ends."""
    region = edit.region
    return Span(region.line << 32 | region.column, region.end_line << 32 | region.end_column)


def _touch(one: Span, other: Span) -> bool:
    if one.start == one.end or other.start == other.end:
        return one.start <= other.end and other.start <= one.end
    return one.start < other.end and other.start < one.end


def apply(skill: Skill, fixes: Iterable[Fix]) -> Draft:
    """The skill's draft with all of these fixes applied. They must be compatible."""
    edits: dict[str, list[Edit]] = {}
    moves: dict[str, str | None] = {}
    for fix in fixes:
        for edit in fix.edits:
            edits.setdefault(_real_name(skill, edit), []).append(edit)
        for move in fix.moves:
            moves[skill.name_of(move.path)] = move.to and skill.name_of(move.to)
    texts = dict(skill.draft.texts)
    for name, changes in edits.items():
        texts[name] = edited(skill.read(name), changes).encode("utf-8")
    return _moved(Draft(texts, skill.draft.origins, skill.draft.deleted), moves)


def edited(source: Source, edits: Iterable[Edit]) -> str:
    """The file's text with the edits applied. They must not overlap."""
    parts, end = [], 0
    for span, text in sorted((source.span(edit.region), edit.text) for edit in edits):
        parts += [source.text[end : span.start], text]
        end = span.end
    return "".join([*parts, source.text[end:]])


def _moved(draft: Draft, moves: dict[str, str | None]) -> Draft:
    texts, origins = dict(draft.texts), dict(draft.origins)
    deleted = set(draft.deleted)
    for name, to in moves.items():
        on_disk = origins.pop(name, name)
        text = texts.pop(name, None)
        if to is None:
            deleted.add(on_disk)
            continue
        origins[to] = on_disk
        # A folder that was to be deleted stays if something moves into it.
        deleted -= {str(parent) for parent in PurePosixPath(to).parents}
        if text is not None:
            texts[to] = text
    return Draft(texts, origins, frozenset(deleted))
