"""The results of earlier runs, one a skill: used again while nothing they came from has changed."""

import os
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

from skill_lint.cache.codec import from_json, to_json
from skill_lint.cache.database import Store
from skill_lint.cache.json_lines import from_line, to_line
from skill_lint.collection.body import EMPTY, Body
from skill_lint.collection.facts import Facts
from skill_lint.diagnostic import Diagnostic
from skill_lint.discovery.roots import SkillRoot
from skill_lint.engine.result import CollectionSuppression, FactsDigest, SkillResult
from skill_lint.engine.task import LintTask
from skill_lint.filesystem.snapshot import Snapshot
from skill_lint.filesystem.status import digest_of
from skill_lint.report.report import SkillInfo

_BATCH = 500
"""Results that are read or written together: all at once would take memory."""
_OF_ANOTHER_MAKING = (ValueError, TypeError, KeyError, IndexError, AttributeError)
"""What reading a value raises that is none of ours."""

Told = tuple[Facts, tuple[CollectionSuppression, ...]]
"""What a skill tells the rules across skills."""


class Results:
    """What a store knows of skills.

    A value has five lines of JSON: what to watch, the diagnostics, the facts but for what the skill
    contains, the allowances, and what it contains. Each is read only where it is needed.
    `identity` tells this skill-lint from others; `began` is when the run did, in nanoseconds.
    """

    def __init__(self, store: Store, identity: str, began: int) -> None:
        self.store, self.identity, self.began = store, identity, began

    def known(self, task: LintTask, roots: Sequence[SkillRoot]) -> dict[str, SkillResult]:
        """The results that still hold, by the path of the skill."""
        found: dict[str, SkillResult] = {}
        for keys in self._batches(task, roots):
            found |= self._known(keys)
        return found

    def _known(self, keys: Mapping[str, SkillRoot]) -> dict[str, SkillResult]:
        found: dict[str, SkillResult] = {}
        renewed: list[tuple[str, bytes]] = []
        for key, value in self.store.get(list(keys)).items():
            try:
                seen, _, rest = value.partition(b"\n")
                watch = Snapshot.from_json(from_line(seen))
                if not watch.is_current():
                    continue
                found[keys[key].shown] = _examined(rest, watch)
            except _OF_ANOTHER_MAKING:
                continue  # It is linted anew, and written over.
            if watch.renewed:
                renewed.append((key, _joined(to_line(watch.to_json(self.began)), rest)))
        if renewed:
            self.store.put(renewed)
        return found

    def told(
        self, task: LintTask, roots: Sequence[SkillRoot], known_as: Mapping[str, FactsDigest]
    ) -> dict[str, Told]:
        """What skills tell the rules across skills, by the path of the skill.

        `known_as` says which of all that they ever told is asked for, by the same path.
        """
        found: dict[str, Told] = {}
        for keys in self._batches(task, roots):
            for key, value in self.store.get(list(keys)).items():
                shown = keys[key].shown
                told = value.partition(b"\n")[2].partition(b"\n")[2]
                if _known_as(told) == tuple(known_as[shown]):
                    found[shown] = _told(told)
        return found

    def keep(
        self, task: LintTask, fresh: Sequence[tuple[SkillRoot, SkillResult]]
    ) -> Iterator[SkillResult]:
        """Keep the results of this run, but for those of a bug. Gives all of them back."""
        for start in range(0, len(fresh), _BATCH):
            some = fresh[start : start + _BATCH]
            keys = self._keys(task, [root for root, _ in some])
            entries: list[tuple[str, bytes]] = []
            for key, (root, examined) in zip(keys, some, strict=True):
                if root.shown in task.drafts or not _is_sound(examined):
                    yield examined
                    continue
                told = _bytes_of_told(examined.facts, examined.suppressions)
                entries.append((key, self._value(examined, told)))
                yield replace(examined, facts_digest=_known_as(told))
            self.store.put(entries)

    def _batches(
        self, task: LintTask, roots: Sequence[SkillRoot]
    ) -> Iterator[Mapping[str, SkillRoot]]:
        kept = [root for root in roots if root.shown not in task.drafts]
        for start in range(0, len(kept), _BATCH):
            some = kept[start : start + _BATCH]
            yield dict(zip(self._keys(task, some), some, strict=True))

    def _keys(self, task: LintTask, roots: Sequence[SkillRoot]) -> list[str]:
        rules = [
            (each.rule.name, each.severity, sorted(each.options.items())) for each in task.active
        ]
        common = repr((self.identity, rules, task.fingerprints, os.getcwd()))  # noqa: PTH109
        texts = (f"{common}\0{root.path}\0{root.shown}\0{root.limits}" for root in roots)
        return [digest_of(text.encode("utf-8", "surrogateescape")) for text in texts]

    def _value(self, examined: SkillResult, told: bytes) -> bytes:
        assert examined.inputs is not None
        found = [to_json(examined.info), to_json(examined.diagnostics)]
        return _joined(to_line(examined.inputs.to_json(self.began)), to_line(found), told)


def _is_sound(examined: SkillResult) -> bool:
    """Whether it is known what a result depends on, and it is not that of a bug."""
    proven = examined.inputs is not None and examined.inputs.is_conclusive
    return proven and all(each.rule != "internal-error" for each in examined.diagnostics)


def _joined(*lines: bytes) -> bytes:
    return b"\n".join(lines)


def _examined(rest: bytes, watch: Snapshot) -> SkillResult:
    found, _, told = rest.partition(b"\n")
    info, diagnostics = from_line(found)
    facts, allowances = _told(told)
    return SkillResult(
        from_json(SkillInfo, info),
        from_json(tuple[Diagnostic, ...], diagnostics),
        facts,
        allowances,
        watch,
        _known_as(told),
    )


def _known_as(told: bytes) -> FactsDigest:
    said, _, contained = told.rpartition(b"\n")
    return digest_of(said), digest_of(contained)


def _bytes_of_told(facts: Facts, allowances: tuple[CollectionSuppression, ...]) -> bytes:
    said = facts._replace(body=EMPTY, packed="")
    contained = [to_json(facts.body), facts.packed]
    return _joined(to_line(to_json(said)), to_line(to_json(allowances)), to_line(contained))


def _told(lines: bytes) -> Told:
    said, allowances, (body, packed) = map(from_line, lines.split(b"\n"))
    facts = from_json(Facts, said)._replace(body=Body(*body), packed=packed)
    return facts, from_json(tuple[CollectionSuppression, ...], allowances)
