"""One skill × rules → its diagnostics."""

from collections.abc import Iterator, Sequence

from skill_lint.diagnostic import Diagnostic
from skill_lint.engine.by_reach import by_reach
from skill_lint.engine.elsewhere import Elsewhere
from skill_lint.engine.events import Event, crash, report
from skill_lint.engine.silence import with_silence
from skill_lint.engine.stamp import stamp
from skill_lint.engine.suppress import SuppressionIndex
from skill_lint.rule import COLLECTION, RUN, ActiveRule
from skill_lint.rules.registry import load_rules
from skill_lint.skill.blocks import Blocks, blocks
from skill_lint.skill.skill import Skill
from skill_lint.skill.suppressions import Suppression, suppressions
from skill_lint.text.source import Source
from skill_lint.text.spelling import MAX_HINTS


def check(skill: Skill, active: Sequence[ActiveRule]) -> list[Diagnostic]:
    """All diagnostics of one skill, unsorted.

    Suppressed ones have `suppression` set, and those whose fault another rule reports
    `silent_for`.
    """
    events: list[Event] = []
    comments: list[Suppression] = []
    found_blocks: Blocks = {}
    try:
        comments = suppressions(skill, load_rules())
        found_blocks = blocks(skill) if comments else {}
    except Exception as error:
        events.append(crash("suppressions", place_of(skill), error))
    index = SuppressionIndex(comments, found_blocks)
    found: dict[Diagnostic, None] = {}
    for rule in active:
        if rule.rule.family in (COLLECTION, RUN):
            continue
        try:
            findings = [
                (each, by_reach(rule, each, skill))
                for each in rule.rule.check(skill, **rule.options)
            ]
        except Exception as error:  # A bug in one rule must not lose the run.
            events.append(crash(rule.rule.name, place_of(skill), error))
            continue
        stamped = (stamp(each, as_here, skill.path) for each, as_here in findings)
        found |= dict.fromkeys(map(index.apply, stamped))
    if comments:
        events += _about_comments(
            comments, index, active, Elsewhere(found, found_blocks), skill.path
        )
    return [*with_silence(found), *report(events, skill.path, active)]


def _about_comments(
    comments: Sequence[Suppression],
    index: SuppressionIndex[Suppression],
    active: Sequence[ActiveRule],
    elsewhere: Elsewhere,
    place: str,
) -> Iterator[Event]:
    """Events for comments that name no rule, suppress nothing, or may lack a reason.

    `place` is the path of the skill.
    """
    unused = {id(each) for each in index.unused()}
    running = {rule.rule.name for rule in active if rule.rule.family != COLLECTION}
    unknown = 0
    for each in comments:
        is_misplaced = each.directive == "allow-skill" and each.path != place
        if each.rule not in load_rules() or is_misplaced:
            unknown += 1
            yield "unknown-suppression", each._replace(may_guess=unknown <= MAX_HINTS)
        elif each.rule in running and id(each) in unused:
            yield "unused-suppression", elsewhere.told(each)
    yield from (("unexplained-suppression", each) for each in comments)


def place_of(skill: Skill) -> Source:
    """Where a bug is reported: SKILL.md, which is not read for this."""
    return Source(skill.path_of("SKILL.md"), "SKILL.md")
