"""Results of earlier runs, one for each skill, reused while none of their inputs has changed."""

import contextlib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

from skill_lint.cache.codec import from_json, to_json
from skill_lint.cache.database import Database
from skill_lint.cache.json_lines import from_line, to_line
from skill_lint.collection.facts import NO_CONTENT, Content, Facts
from skill_lint.diagnostic import Diagnostic
from skill_lint.discovery.roots import SkillRoot
from skill_lint.engine.result import CollectionSuppression, FactsDigest, SkillResult
from skill_lint.engine.task import LintTask
from skill_lint.filesystem.snapshot import Snapshot
from skill_lint.filesystem.status import digest_of
from skill_lint.report.report import SkillInfo

_BATCH = 500
"""Results that are read or written together; all at once would take too much memory."""

FactsOf = tuple[Facts, tuple[CollectionSuppression, ...]]
"""A skill's facts and suppressions for the collection rules."""


class SkillResults:
    """The results in a database, one for each skill.

    An entry has five lines of JSON: the inputs, the diagnostics, the facts without the content, the
    suppressions of collection rules, and the content. Each line is parsed only if it is needed.
    `version` is that of `version_key`, `root` is the absolute path of the run's root, and `began`
    the start of the run in nanoseconds since the epoch.
    """

    def __init__(self, database: Database, version: str, root: str, began: int) -> None:
        self._database, self._version, self._root = database, version, root
        self._began = began

    def known(self, task: LintTask, roots: Sequence[SkillRoot]) -> dict[str, SkillResult]:
        """The results that are still current, by the path of the skill."""
        found: dict[str, SkillResult] = {}
        for keys in self._batches(task, roots):
            found |= self._known(keys)
        return found

    def _known(self, keys: Mapping[str, SkillRoot]) -> dict[str, SkillResult]:
        found: dict[str, SkillResult] = {}
        renewed: list[tuple[str, bytes]] = []
        for key, value in self._database.get(list(keys)).items():
            try:
                seen, _, rest = value.partition(b"\n")
                inputs = Snapshot.from_json(from_line(seen))
                if not inputs.is_current():
                    continue
                found[keys[key].shown] = _result(rest, inputs, keys[key].shown)
            except ValueError:
                continue  # The skill is linted again, and the entry is replaced.
            if inputs.renewed:
                renewed.append((key, b"\n".join((to_line(inputs.to_json(self._began)), rest))))
        if renewed:
            self._database.put(renewed)
        return found

    def facts(
        self, task: LintTask, roots: Sequence[SkillRoot], digests: Mapping[str, FactsDigest]
    ) -> dict[str, FactsOf]:
        """The facts that have these digests, by the path of the skill.

        An entry need not be current, because the digest identifies the facts.
        """
        found: dict[str, FactsOf] = {}
        for keys in self._batches(task, roots):
            for key, value in self._database.get(list(keys)).items():
                path = keys[key].shown
                lines = value.partition(b"\n")[2].partition(b"\n")[2]
                if _digest(lines) == digests[path]:
                    with contextlib.suppress(ValueError):
                        found[path] = _facts(lines, path)
        return found

    def keep(
        self, task: LintTask, fresh: Sequence[tuple[SkillRoot, SkillResult]]
    ) -> Iterator[SkillResult]:
        """Keep the results of this run, except where a rule crashed. Yields all of them."""
        for start in range(0, len(fresh), _BATCH):
            some = fresh[start : start + _BATCH]
            keys = self._keys(task, [root for root, _ in some])
            entries: list[tuple[str, bytes]] = []
            for key, (root, result) in zip(keys, some, strict=True):
                if root.shown in task.drafts or not _is_sound(result):
                    yield result
                    continue
                facts = _facts_lines(result.facts, result.suppressions)
                entries.append((key, self._value(result, facts)))
                yield replace(result, facts_digest=_digest(facts))
            self._database.put(entries)

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
        common = repr((self._version, rules, task.fingerprints, self._root))
        texts = (f"{common}\0{root.path}\0{root.shown}\0{root.limits}" for root in roots)
        return [digest_of(text.encode("utf-8", "surrogateescape")) for text in texts]

    def _value(self, result: SkillResult, facts: bytes) -> bytes:
        assert result.inputs is not None
        found = [to_json(result.info), to_json(result.diagnostics)]
        return b"\n".join((to_line(result.inputs.to_json(self._began)), to_line(found), facts))


def _is_sound(result: SkillResult) -> bool:
    """Whether it is certain what a result depends on, and no rule crashed."""
    is_certain = result.inputs is not None and result.inputs.is_conclusive
    return is_certain and all(each.rule != "internal-error" for each in result.diagnostics)


def _result(rest: bytes, inputs: Snapshot, path: str) -> SkillResult:
    """The result of the skill with a path, in the lines after the first. Raises ValueError."""
    found, _, lines = rest.partition(b"\n")
    info, diagnostics = from_json(tuple[SkillInfo, tuple[Diagnostic, ...]], from_line(found))
    facts, suppressions = _facts(lines, path)
    return SkillResult(
        info._replace(path=path),
        diagnostics,
        facts,
        suppressions,
        inputs,
        _digest(lines),
    )


def _digest(lines: bytes) -> FactsDigest:
    metadata, _, content = lines.rpartition(b"\n")
    return digest_of(metadata), digest_of(content)


def _facts_lines(facts: Facts, suppressions: tuple[CollectionSuppression, ...]) -> bytes:
    metadata = facts._replace(unrecorded_content=NO_CONTENT)
    content = to_json(facts.unrecorded_content)
    return b"\n".join(
        (to_line(to_json(metadata)), to_line(to_json(suppressions)), to_line(content))
    )


def _facts(lines: bytes, path: str) -> FactsOf:
    metadata, suppressions, content = map(from_line, lines.split(b"\n"))
    facts = from_json(Facts, metadata)._replace(unrecorded_content=from_json(Content, content))
    if facts.path != path:
        raise ValueError("these are the facts of another skill")
    return facts, from_json(tuple[CollectionSuppression, ...], suppressions)
