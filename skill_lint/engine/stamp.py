"""Finding → diagnostic: stamped with the rule that found it, and with its place."""

import posixpath
from typing import Any

from skill_lint.collection.collection import GroupFinding
from skill_lint.diagnostic import Diagnostic, Place, Related
from skill_lint.rule import ActiveRule, Finding, RelatedSpan

LONGEST = 1_000
"""Characters of a message; a longer one is cut."""


def stamp(finding: Finding, active: ActiveRule, skill: str) -> Diagnostic:
    """The diagnostic of a rule that sees one skill. `skill` is that skill's path."""
    return Diagnostic(
        **_common(active, skill, finding.source.place(finding.span)),
        message=_cut(finding.message),
        remedy=finding.remedy or active.rule.remedy,
        related=tuple(map(_related, finding.related)),
        details=finding.details,
        # A file that could not be read as UTF-8 cannot be written back either.
        fix=finding.fix if finding.source.problem is None else None,
        cause=finding.cause,
        covers=finding.covers,
        about=posixpath.normpath(f"{skill}/{finding.about}") if finding.about else "",
    )


def stamp_group(finding: GroupFinding, active: ActiveRule) -> Diagnostic:
    """The diagnostic of a collection rule."""
    return Diagnostic(
        **_common(active, finding.skill.path, finding.place),
        message=finding.message,
        remedy=active.rule.remedy,
        related=finding.related,
        cause=finding.cause,
    )


def _common(active: ActiveRule, skill: str, place: Place) -> dict[str, Any]:
    """The fields that come from the rule and from the place."""
    return {
        "rule": active.rule.name,
        "family": active.rule.family,
        "severity": active.severity,
        "path": place.path,
        "skill": skill,
        "region": place.region,
        "url": active.rule.url,
        "excerpt": place.excerpt,
    }


def _cut(message: str) -> str:
    """The message, cut if it quotes a very long text."""
    return message if len(message) <= LONGEST else f"{message[:LONGEST]}..."


def _related(related: RelatedSpan) -> Related:
    return Related(related.source.path, related.source.region(related.span), related.message)
