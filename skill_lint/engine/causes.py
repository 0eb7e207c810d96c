"""One cause in one file is one finding: the first place, with the others as `elsewhere`.

This comes last, after suppressions, the baseline and changed lines, which judge each place by
itself.
"""

from collections.abc import Iterable, Sequence

from skill_lint.diagnostic import Diagnostic, Edit, Fix, Related

SAME = "here too"
"""What is said of another place, unless its message differs from that of the first one."""


def one_per_cause(diagnostics: Iterable[Diagnostic]) -> list[Diagnostic]:
    """The diagnostics, sorted; of those with one cause in one file, the first."""
    groups: dict[tuple[object, ...], list[Diagnostic]] = {}
    for each in sorted(diagnostics, key=lambda each: each.sort_key):
        groups.setdefault(_cause(each), []).append(each)
    return [_merged(group) if len(group) > 1 else group[0] for group in groups.values()]


def _cause(each: Diagnostic) -> tuple[object, ...]:
    """What findings that are one have in common."""
    what = each.cause or each.message
    return each.skill, each.path, each.rule, each.severity, each.suppression is None, what


def _merged(group: Sequence[Diagnostic]) -> Diagnostic:
    first, *others = group
    elsewhere = tuple(_place(each, first) for each in others)
    related = dict.fromkeys(place for each in group for place in each.related)
    return first._replace(related=tuple(related), elsewhere=elsewhere, fix=_fix(group))


def _place(each: Diagnostic, first: Diagnostic) -> Related:
    message = SAME if each.message == first.message else each.message
    return Related(each.path, each.region, message)


def _fix(group: Sequence[Diagnostic]) -> Fix | None:
    """One fix for all places that have a fix as safe as the first one.

    Fixes that are more than an edit in one place stay apart; `--fix` still applies each of them.
    """
    fixes = [each.fix for each in group if each.fix]
    if not fixes:
        return None
    safety = "safe" if any(fix.safety == "safe" for fix in fixes) else "unsafe"
    first, *others = (fix for fix in fixes if fix.safety == safety)
    if any(len(fix.edits) != 1 or fix.moves for fix in (first, *others)):
        return first
    edits: dict[Edit, None] = {fix.edits[0]: None for fix in (first, *others)}
    return first._replace(edits=tuple(edits))
