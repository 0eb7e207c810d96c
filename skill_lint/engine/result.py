"""The result of linting one skill: its findings, and its data for the collection rules."""

from dataclasses import dataclass, field
from typing import NamedTuple

from skill_lint.collection.facts import Facts
from skill_lint.diagnostic import Diagnostic
from skill_lint.filesystem.snapshot import Snapshot
from skill_lint.report.report import SkillInfo


class CollectionSuppression(NamedTuple):
    """A comment that suppresses a collection rule: in `lines` of a file, or everywhere if None.

    Only a check of the whole collection shows whether it is used. `unused` are the diagnostics to
    report if it is not.
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
    """The result of linting one skill: its own findings, and its facts for the collection rules."""

    info: SkillInfo
    diagnostics: tuple[Diagnostic, ...]
    facts: Facts
    suppressions: tuple[CollectionSuppression, ...] = ()
    inputs: Snapshot | None = field(default=None, compare=False)
    """What was read from the disk for the result, if the task records it."""
    facts_digest: FactsDigest = field(default=("", ""), compare=False)
    """Set if results are kept in the cache."""
    external_inputs: tuple[str, ...] = field(default=(), compare=False)
    """The paths of `inputs` that are outside of the skill's folder."""
