"""What was not linted, in a few lines: counted by the reason."""

from collections.abc import Iterator, Sequence

from skill_lint.report.report import Skipped

MOST_LINES = 10
MOST_NAMED = 5
"""Paths that a line names."""


def lines(skipped: Sequence[Skipped]) -> Iterator[tuple[str, str]]:
    """What was skipped and why, one pair of texts for each reason.

    A single skill is named. Several are counted, and named only if that is asked for.
    """
    groups: dict[str, list[Skipped]] = {}
    for each in skipped:
        groups.setdefault(each.kind or each.reason, []).append(each)
    # What must be named is not among what is left out.
    ordered = sorted(groups.items(), key=lambda pair: not pair[1][0].is_named)
    for kind, group in ordered[:MOST_LINES]:
        if len(group) == 1:
            yield group[0].path, group[0].reason
        elif group[0].is_named:
            yield f"{len(group):,}", f"{kind}: {named([each.path for each in group])}"
        else:
            yield f"{len(group):,}", f"{kind}; --list-skills names them"
    if left := sum(len(group) for _, group in ordered[MOST_LINES:]):
        yield f"{left:,} more", "for other reasons; --list-skills names them"


def named(paths: Sequence[str]) -> str:
    """The first few paths, and how many more there are."""
    more = len(paths) - MOST_NAMED
    return ", ".join(paths[:MOST_NAMED]) + (f" and {more:,} more" if more > 0 else "")
