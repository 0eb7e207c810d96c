"""One skill × rules → its diagnostics."""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, NamedTuple

from skill_lint.collection.facts import Facts, facts_of
from skill_lint.config import ActiveRule, Config
from skill_lint.diagnostic import SEVERITIES, Diagnostic, Related, SkillInfo
from skill_lint.discover import SkillRoot
from skill_lint.rule import Crash, Finding, Overflow, RelatedSpan, load_rules
from skill_lint.skill.draft import Draft
from skill_lint.skill.skill import Skill
from skill_lint.skill.source import START, Source
from skill_lint.skill.style import style
from skill_lint.suppress import Suppression, suppressions
from skill_lint.watch import Watch

if TYPE_CHECKING:
    from skill_lint.baseline import StaleEntry

ACROSS = "collection"
"""The family of the rules that judge all skills together."""
NOT_OF_ONE_SKILL = frozenset({ACROSS, "run"})
Event = Crash | Overflow | Suppression
"""What rules of the family `run` are told of."""
LONGEST = 1_000
"""Characters of a message."""
MOST_TRIED = 50
"""Fixes of one skill that are tried before they are shown; the others are when they are done."""
MOST_READ = 3_000_000
"""Characters of SKILL.md that may be read for it, for each fix anew."""


class Allowance(NamedTuple):
    """A comment that allows a rule across skills: in `lines` of a file, or in all of it if None.

    Only the whole collection shows whether it is used; `unused` is what is said if it is not.
    """

    rule: str
    path: str
    lines: frozenset[int] | None
    reason: str
    unused: tuple[Diagnostic, ...] = ()


KnownAs = tuple[str, str]
"""Two digests of what the rules across skills know of one: what it says, and what it contains."""


@dataclass(frozen=True)
class Examined:
    """What was found out about one skill: by itself, and for the rules across skills."""

    info: SkillInfo
    diagnostics: tuple[Diagnostic, ...]
    facts: Facts
    allowances: tuple[Allowance, ...] = ()
    watch: Watch | None = field(default=None, compare=False)
    """What it was found out from, where that was asked for."""
    known_as: KnownAs = field(default=("", ""), compare=False)
    """What the facts and allowances are known by, where results are kept."""
    beyond: tuple[str, ...] = field(default=(), compare=False)
    """The paths of `watch` that do not lie in the skill's own folder."""


class Task(NamedTuple):
    """What to do with each skill: plain data, which may travel to other processes and machines.

    `drafts` are unsaved texts, by the skill's path; `fingerprints` are for SARIF, and `watching`
    for the cache.
    """

    active: tuple[ActiveRule, ...]
    drafts: Mapping[str, Draft]
    fingerprints: bool = False
    watching: bool = False

    def examine_all(self, roots: Sequence[SkillRoot]) -> list[Examined]:
        return [self.examine(root) for root in roots]

    def examine(self, root: SkillRoot) -> Examined:
        """Check one skill. What is a bug of skill-lint becomes a finding of that skill."""
        skill = Skill(root.path, root.shown, self.drafts.get(root.shown), limits=root.limits)
        try:
            if not self.active:  # It is only to be known.
                info, facts = SkillInfo(root.shown, "v2", "none", ""), facts_of(skill)
                watch = skill.folder.watch if self.watching else None
                return Examined(info, (), facts, watch=watch)
            found = within_limit(check(skill, self.active), skill, self.active)
            diagnostics = list(_with_sound_fixes(found, skill))
            if self.fingerprints:
                diagnostics = list(fingerprinted(diagnostics, skill))
            info = SkillInfo(root.shown, skill.format, *style(skill))
            facts, allowances = facts_of(skill), tuple(_allowances(skill, self.active))
            watch = skill.folder.watch if self.watching else None
        except Exception as error:
            return self.crashed(root, _words(error), _trace())
        return Examined(info, tuple(diagnostics), facts, allowances, watch)

    def crashed(self, root: SkillRoot, error: str, trace: str = "") -> Examined:
        """What is said of a skill that could not be examined at all."""
        skill = Skill(root.path, root.shown)
        events = [("internal-error", Crash("", _place(skill), error, trace))]
        found = tuple(report(events, root.shown, self.active))
        info = SkillInfo(root.shown, "v2", "none", "it could not be examined")
        return Examined(info, found, Facts(root.shown, _place(skill).place(START)))


def fingerprinted(diagnostics: Sequence[Diagnostic], skill: Skill) -> Iterator[Diagnostic]:
    """The diagnostics with the hashes of their lines."""
    from skill_lint.fingerprint import line_hashes

    by_path: dict[str, list[Diagnostic]] = {}
    for diagnostic in diagnostics:
        by_path.setdefault(diagnostic.path, []).append(diagnostic)
    for path, group in by_path.items():
        hashes = line_hashes(
            skill.read(skill.name_of(path)).text, (each.region.line for each in group)
        )
        yield from (each._replace(fingerprint=hashes[each.region.line]) for each in group)


def check(skill: Skill, active: Sequence[ActiveRule]) -> list[Diagnostic]:
    """All diagnostics of one skill, in no particular order; those that comments allow say so."""
    events: list[tuple[str, Crash | Suppression]] = []
    allowed: list[Suppression] = []
    index: dict[tuple[str, str, int | None], list[Suppression]] = {}
    kept: dict[Diagnostic, None] = {}
    hit: set[tuple[str, str, int | None]] = set()
    try:
        allowed = suppressions(skill)
        index = _index(allowed)
    except Exception as error:
        events.append(("internal-error", _crash("suppressions", skill, error)))
    for rule in active:
        if rule.rule.family in NOT_OF_ONE_SKILL:
            continue
        try:
            findings = list(rule.rule.check(skill, **rule.options))
        except Exception as error:  # A bug in one rule must not lose the run.
            events.append(("internal-error", _crash(rule.rule.name, skill, error)))
            continue
        for finding in findings:
            diagnostic = _stamp(finding, rule, skill.path)
            lines = (diagnostic.region.line, None)
            keys = [(diagnostic.rule, diagnostic.path, line) for line in lines]
            if covering := [key for key in keys if key in index]:
                hit.update(covering)
                reason = index[covering[0]][0].reason
                diagnostic = diagnostic._replace(suppression=reason)
            kept[diagnostic] = None
    if allowed:
        used = {each for key in hit for each in index[key]}
        running = {rule.rule.name for rule in active if rule.rule.family != ACROSS}
        events += [(kind, each) for each in allowed if (kind := _fault(each, used, running))]
        events += [("unexplained-suppression", each) for each in allowed]
    return [*kept, *report(events, skill.path, active)]


def within_limit(
    diagnostics: Sequence[Diagnostic], skill: Skill, active: Sequence[ActiveRule]
) -> list[Diagnostic]:
    """The diagnostics without those that are too many for their file, and how many those are.

    What comments allow does not count. Errors are kept before warnings, then those above others.
    """
    most = skill.limits.findings_per_file
    if len(diagnostics) <= most:
        return list(diagnostics)
    kept = [each for each in diagnostics if each.suppression is not None]
    by_path: dict[str, list[Diagnostic]] = {}
    for each in diagnostics:
        if each.suppression is None:
            by_path.setdefault(each.path, []).append(each)
    for path, group in by_path.items():
        group.sort(key=lambda each: (SEVERITIES.index(each.severity), each.sort_key))
        kept += group[:most]
        if left := Counter(each.severity for each in group[most:]):
            numbers = {severity: left[severity] for severity in SEVERITIES}
            overflow = Overflow(Source(path, skill.name_of(path)), most, numbers)
            kept += report([("too-many-findings", overflow)], skill.path, active)
    return kept


def _allowances(skill: Skill, active: Sequence[ActiveRule]) -> Iterator[Allowance]:
    """The comments that allow rules across skills, which are judged when all skills are known."""
    names = {rule.rule.name for rule in active if rule.rule.family == ACROSS}
    for each in suppressions(skill) if names else ():
        if each.rule in names:
            found = report([("unused-suppression", each)], skill.path, active)
            # Whoever mends one skill cannot know that no other makes the comment needed.
            unused = tuple(diagnostic._replace(fix=None) for diagnostic in found)
            yield Allowance(each.rule, each.source.path, each.lines, each.reason, unused)


def _with_sound_fixes(diagnostics: Sequence[Diagnostic], skill: Skill) -> Iterator[Diagnostic]:
    """The diagnostics without the fixes that would not be done: none is shown in vain."""
    tried = 0
    for each in diagnostics:
        if each.fix is None:
            yield each
        elif each.suppression is not None:
            # What is allowed is not mended.
            yield each._replace(fix=None)
        else:
            # Late, for a skill without faults needs no fixes.
            from skill_lint.fix.gate import tried_on

            tried += 1
            enough = tried > MOST_TRIED or tried * len(skill.source.text) > MOST_READ
            sound = enough or isinstance(tried_on(skill, [each.fix]), Skill)
            yield each if sound else each._replace(fix=None)


def _fault(suppression: Suppression, used: set[Suppression], running: set[str]) -> str | None:
    """The rule that a suppression breaks: it names no rule, or one that found nothing there."""
    if suppression.rule not in load_rules():
        return "unknown-suppression"
    return "unused-suppression" if suppression.rule in running and suppression not in used else None


def report(
    events: Sequence[tuple[str, Event]], skill: str, active: Sequence[ActiveRule]
) -> Iterator[Diagnostic]:
    """What the rules of the family `run` say of the events that concern them, in a skill."""
    by_name = {rule.rule.name: rule for rule in active} if events else {}
    for name, event in events:
        if name in by_name:
            rule = by_name[name]
            for finding in rule.rule.check(event, **rule.options):
                yield _stamp(finding, rule, skill)


def stale_entries(entries: Sequence["StaleEntry"], config: Config) -> list[Diagnostic]:
    """What `stale-baseline` says of a baseline's entries, if it is on."""
    rule = next((each for each in config.active if each.rule.name == "stale-baseline"), None)
    if rule is None:
        return []
    return [
        _stamp(finding, rule, entry.source.path)
        for entry in entries
        for finding in rule.rule.check(entry)
    ]


def _crash(rule: str, skill: Skill, error: Exception) -> Crash:
    return Crash(rule, _place(skill), _words(error), _trace())


def _trace() -> str:
    # Late, for a run without a bug needs none of it.
    import traceback

    return traceback.format_exc()


def _place(skill: Skill) -> Source:
    """Where a bug is reported: at the skill's file, which is not read for it."""
    return Source(skill.path_of("SKILL.md"), "SKILL.md")


def _words(error: Exception) -> str:
    return f"{type(error).__name__}: {error}"


def _index(
    allowed: Sequence[Suppression],
) -> dict[tuple[str, str, int | None], list[Suppression]]:
    """The suppressions by rule, file and line; the line is None where the whole file is meant."""
    index: dict[tuple[str, str, int | None], list[Suppression]] = {}
    for each in allowed:
        for line in [None] if each.lines is None else each.lines:
            index.setdefault((each.rule, each.source.path, line), []).append(each)
    return index


def _cut(message: str) -> str:
    """A message that quotes something of a megabyte, without most of it."""
    return message if len(message) <= LONGEST else f"{message[:LONGEST]}..."


def _stamp(finding: Finding, active: ActiveRule, skill: str) -> Diagnostic:
    place = finding.source.place(finding.span)
    return Diagnostic(
        rule=active.rule.name,
        family=active.rule.family,
        severity=active.severity,
        message=_cut(finding.message),
        path=place.path,
        skill=skill,
        region=place.region,
        url=active.rule.url,
        remedy=finding.remedy or active.rule.remedy,
        excerpt=place.excerpt,
        related=tuple(_relate(related) for related in finding.related),
        details=finding.details,
        # What could not be read as UTF-8 could not be written back either.
        fix=finding.fix if finding.source.problem is None else None,
    )


def _relate(related: RelatedSpan) -> Related:
    return Related(related.source.path, related.source.region(related.span), related.message)
