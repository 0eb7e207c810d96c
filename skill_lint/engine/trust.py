"""What a change may not decide about itself: suppressions and settings that its base lacks."""

from collections import Counter
from collections.abc import Iterator, Sequence, Set
from pathlib import Path
from types import MappingProxyType
from typing import NamedTuple

from skill_lint.diagnostic import Diagnostic, Severity
from skill_lint.discovery.roots import SkillRoot
from skill_lint.engine.stamp import stamp
from skill_lint.engine.suppress import SuppressionIndex
from skill_lint.filesystem.paths import Root
from skill_lint.filesystem.revision import AtRevision
from skill_lint.report.report import Report
from skill_lint.rule import ActiveRule
from skill_lint.rules.registry import load_rules
from skill_lint.skill.blocks import Block, Blocks, blocks
from skill_lint.skill.draft import Draft
from skill_lint.skill.suppressions import DIRECTIVES, Suppression, suppressions
from skill_lint.text.plural import count
from skill_lint.text.source import Source

MOST_BYTES = 16_000_000
"""Of a file at the base; a larger one has no comments."""
MOST_SHOWN = 5
"""Of the submodules and links that nothing is linted of."""
_Identity = tuple[str, str, str, str]
"""The file, the directive, the rule and the text of a comment."""


class Added(NamedTuple):
    """What a change adds that could silence findings.

    `comments` are the suppressions that its base does not have in the same file, `trusted` the
    others. `settings` are files of settings that are not as in the base, `unread` the shown paths
    of submodules that are not checked out, and `lost` those of links to folders that are not here.
    """

    comments: tuple[Suppression, ...] = ()
    trusted: tuple[Suppression, ...] = ()
    settings: tuple[Source, ...] = ()
    blocks: Blocks = MappingProxyType({})
    """The blocks of the linted skills, above which a comment counts for all of it."""
    unread: tuple[str, ...] = ()
    lost: tuple[str, ...] = ()


def added(
    skills: Sequence[SkillRoot], settings: Sequence[Source], base: AtRevision, root: Root
) -> Added:
    """What the linted skills and the files of settings have that the base does not."""
    new, trusted = list[Suppression](), list[Suppression]()
    found: dict[str, Sequence[Block]] = {}
    for skill in skills:
        for each, is_new in _compared(skill, base, root):
            (new if is_new else trusted).append(each)
        found |= blocks(skill.open())
    unread = tuple(map(root.shown, base.unread()))
    # In a skill they are findings.
    folders = {each.real for each in skills}
    lost = [
        each for each in map(Path, base.lost_links()) if folders.isdisjoint(map(str, each.parents))
    ]
    shown = tuple(map(root.shown, lost))
    return Added(tuple(new), tuple(trusted), tuple(settings), found, unread, shown)


def without_silence(report: Report, change: Added, severity: Severity) -> Report:
    """The report as if the change had added nothing that silences, and what it has added.

    `severity` is that of the findings about what was added.
    """
    index = SuppressionIndex(change.trusted, change.blocks)
    judged = [index.apply(each._replace(suppression=None)) for each in report.suppressed]
    revived = [each for each in judged if each.suppression is None]
    diagnostics = (*report.diagnostics, *revived, *_findings(change, severity))
    return report._replace(
        diagnostics=tuple(sorted(diagnostics, key=lambda each: each.sort_key)),
        suppressed=tuple(each for each in judged if each.suppression is not None),
        notes=(*report.notes, *_notes(change)),
    )


def _compared(skill: SkillRoot, base: AtRevision, root: Root) -> Iterator[tuple[Suppression, bool]]:
    """The suppressions of a skill that count or are new, and whether they are new.

    The base has those that count in the same file. Those that only the commit has at which the
    change began are neither: the owner has taken them away since.
    """
    opened = skill.open()
    found = suppressions(opened, load_rules())
    now = [each for each in found if each.rule and each.directive in DIRECTIVES]
    if not now:
        return
    names = {each.source.name for each in now}
    trusted = _at(base, names, skill, root)
    old = _at(base.before, names, skill, root) if base.before else Counter[_Identity]()
    for each in now:
        key = _identity(each)
        if trusted[key] > 0 or old[key] <= 0:
            yield each, trusted[key] <= 0
        trusted[key] -= 1
        old[key] -= 1


def _at(base: AtRevision, names: Set[str], skill: SkillRoot, root: Root) -> Counter[_Identity]:
    """How many of each suppression these files have at a revision."""
    texts = {name: base.content(root.absolute_of(skill.path / name), MOST_BYTES) for name in names}
    return Counter(map(_identity, suppressions(skill.open(Draft(texts)), load_rules())))


def _identity(each: Suppression) -> _Identity:
    comment = each.source.slice(each.comment).replace("\r\n", "\n").replace("\r", "\n")
    return each.source.name, each.directive, each.rule, comment


def _findings(change: Added, severity: Severity) -> Iterator[Diagnostic]:
    rules = load_rules()
    comments = ActiveRule(rules["untrusted-suppression"], severity, {})
    settings = ActiveRule(rules["untrusted-setting"], severity, {})
    for comment in change.comments:
        for finding in comments.rule.check(comment):
            yield stamp(finding, comments, comment.source.path)
    for source in change.settings:
        for finding in settings.rule.check(source):
            yield stamp(finding, settings, source.path)


def _notes(change: Added) -> Iterator[str]:
    parts = [count(len(change.comments), "suppression")] if change.comments else []
    if change.settings:
        parts.append(f"changes to {count(len(change.settings), 'file')} of settings")
    if parts:
        yield (
            f"this change adds {' and '.join(parts)}, which do not count here; if that is honest, "
            "a maintainer reviews it and merges it, and it counts from then on"
        )
    if change.unread:
        yield (
            f"this change adds or changes {count(len(change.unread), 'submodule')} that nothing is "
            f"linted of, because it is not checked out: {_named(change.unread)}"
        )
    if change.lost:
        yield (
            f"this change adds or turns {count(len(change.lost), 'symbolic link')} out of the "
            "checkout, or to what is not here, so that nothing behind is linted: "
            f"{_named(change.lost)}"
        )


def _named(paths: Sequence[str]) -> str:
    shown = ", ".join(f"`{each}`" for each in paths[:MOST_SHOWN])
    return shown + (", ..." if len(paths) > MOST_SHOWN else "")
