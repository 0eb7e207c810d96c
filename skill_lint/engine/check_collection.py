"""The facts of all skills × the rules of the family `collection` → diagnostics."""

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from skill_lint.collection.collection import ALL, Collection, Extent, GroupFinding
from skill_lint.collection.facts import Facts
from skill_lint.diagnostic import Diagnostic
from skill_lint.engine.by_reach import milder
from skill_lint.engine.elsewhere import Elsewhere
from skill_lint.engine.events import crash, report
from skill_lint.engine.result import CollectionSuppression
from skill_lint.engine.stamp import stamp_group
from skill_lint.engine.suppress import SuppressionIndex
from skill_lint.rule import COLLECTION, ActiveRule
from skill_lint.text.source import Source


class CollectionResult(NamedTuple):
    """The diagnostics of a collection, in no particular order; those that are suppressed say so.

    `content_used` are the paths of the skills whose body or files a rule read; of the others, only
    the metadata mattered.
    """

    diagnostics: list[Diagnostic]
    content_used: frozenset[str]


def check_collection(
    facts: Sequence[Facts],
    focus: frozenset[str],
    active: Sequence[ActiveRule],
    suppressions: Sequence[CollectionSuppression] = (),
    *,
    extent: Extent = ALL,
) -> CollectionResult:
    """Check a collection. `focus` are the paths of the skills that are linted, `facts` are of all.

    A suppression that nothing needs is reported where the whole collection is known: what a part
    does not have, the rest may.
    """
    collection = Collection(sorted(facts, key=lambda each: each.path), focus, extent)
    rules = [each for each in active if each.rule.family == COLLECTION]
    found = [diagnostic for rule in rules for diagnostic in _findings(collection, rule, active)]
    index = SuppressionIndex(suppressions)
    diagnostics = [index.apply(each) for each in dict.fromkeys(found)]
    elsewhere = Elsewhere(diagnostics, {})
    for each in index.unused() if extent.whole else ():
        diagnostics += (_told(unused, each.rule, elsewhere) for unused in each.unused)
    return CollectionResult(diagnostics, frozenset(collection.content_used))


def _told(unused: Diagnostic, rule: str, elsewhere: Elsewhere) -> Diagnostic:
    """The finding about a comment that suppresses nothing, with where such a finding is."""
    text, _ = elsewhere.of(rule, unused.path, unused.region.line)
    what = unused.message.partition(": ")[0]
    return unused._replace(message=f"{what}: {text}") if text else unused


def _findings(
    collection: Collection, active: ActiveRule, all_active: Sequence[ActiveRule]
) -> Iterator[Diagnostic]:
    try:
        findings: list[GroupFinding] = list(active.rule.check(collection, **active.options))
    except Exception as error:  # A bug in one rule must not lose the run.
        first = next(iter(collection.skills), None)
        path = first.top.path if first else ""
        event = crash(active.rule.name, Source(path, path), error)
        yield from report([event], first.path if first else ".", all_active)
        return
    for finding in findings:
        if collection.concerns(finding):
            yield stamp_group(finding, milder(active) if finding.is_out_of_reach else active)
