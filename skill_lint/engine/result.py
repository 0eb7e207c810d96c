"""What linting one skill gives: its findings, and what the rules about all skills need of it."""

from dataclasses import dataclass, field
from typing import NamedTuple

from skill_lint.collection.facts import Facts
from skill_lint.diagnostic import Diagnostic
from skill_lint.filesystem.snapshot import Snapshot
from skill_lint.report.report import SkillInfo


class CollectionSuppression(NamedTuple):
    """A comment that suppresses a collection rule: in `lines` of a file, or in all of it if None.

    Only the whole collection shows whether it is used; `unused` is what is reported if it is not.
    """

    rule: str
    path: str
    lines: frozenset[int] | None
    reason: str
    unused: tuple[Diagnostic, ...] = ()


FactsDigest = tuple[str, str]
"""Digests of a skill's facts: (metadata, content).

Collection rules run again only if one that they depend on changes.
"""


@dataclass(frozen=True)
class SkillResult:
    """What linting one skill gave: its own findings, and its facts for the collection rules."""

    info: SkillInfo
    diagnostics: tuple[Diagnostic, ...]
    facts: Facts
    suppressions: tuple[CollectionSuppression, ...] = ()
    inputs: Snapshot | None = field(default=None, compare=False)
    """What on the disk the result was made from, where the task asks for it."""
    facts_digest: FactsDigest = field(default=("", ""), compare=False)
    """Set where results are kept in the cache."""
    external_inputs: tuple[str, ...] = field(default=(), compare=False)
    """The paths of `inputs` that are outside of the skill's folder."""
