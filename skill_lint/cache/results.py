"""The results of earlier runs, one a skill: used again while nothing they came from has changed."""

import os
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

from skill_lint.cache.codec import of_plain, plain
from skill_lint.cache.lines import line, of_line
from skill_lint.cache.store import Store
from skill_lint.checker import Allowance, Examined, KnownAs, Task
from skill_lint.collection.body import EMPTY, Body
from skill_lint.collection.facts import Facts
from skill_lint.diagnostic import Diagnostic, SkillInfo
from skill_lint.discover import SkillRoot
from skill_lint.disk import digest_of
from skill_lint.watch import Watch

_BATCH = 500
"""Results that are read or written together: all at once would take memory."""
_OF_ANOTHER_MAKING = (ValueError, TypeError, KeyError, IndexError, AttributeError)
"""What reading a value raises that is none of ours."""

Told = tuple[Facts, tuple[Allowance, ...]]
"""What a skill tells the rules across skills."""


class Results:
    """What a store knows of skills.

    A value has five lines of JSON: what to watch, the diagnostics, the facts but for what the skill
    contains, the allowances, and what it contains. Each is read only where it is needed.
    `identity` tells this skill-lint from others; `began` is when the run did, in nanoseconds.
    """

    def __init__(self, store: Store, identity: str, began: int) -> None:
        self.store, self.identity, self.began = store, identity, began

    def known(self, task: Task, roots: Sequence[SkillRoot]) -> dict[str, Examined]:
        """The results that still hold, by the path of the skill."""
        found: dict[str, Examined] = {}
        for keys in self._batches(task, roots):
            found |= self._known(keys)
        return found

    def _known(self, keys: Mapping[str, SkillRoot]) -> dict[str, Examined]:
        found: dict[str, Examined] = {}
        renewed: list[tuple[str, bytes]] = []
        for key, value in self.store.get(list(keys)).items():
            try:
                seen, _, rest = value.partition(b"\n")
                watch = Watch.of_plain(of_line(seen))
                if not watch.holds():
                    continue
                found[keys[key].shown] = _examined(rest, watch)
            except _OF_ANOTHER_MAKING:
                continue  # It is linted anew, and written over.
            if watch.renewed:
                renewed.append((key, _joined(line(watch.plain(self.began)), rest)))
        if renewed:
            self.store.put(renewed)
        return found

    def told(
        self, task: Task, roots: Sequence[SkillRoot], known_as: Mapping[str, KnownAs]
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

    def keep(self, task: Task, fresh: Sequence[tuple[SkillRoot, Examined]]) -> Iterator[Examined]:
        """Keep the results of this run, but for those of a bug. Gives all of them back."""
        for start in range(0, len(fresh), _BATCH):
            some = fresh[start : start + _BATCH]
            keys = self._keys(task, [root for root, _ in some])
            entries: list[tuple[str, bytes]] = []
            for key, (root, examined) in zip(keys, some, strict=True):
                if root.shown in task.drafts or not _is_sound(examined):
                    yield examined
                    continue
                told = _bytes_of_told(examined.facts, examined.allowances)
                entries.append((key, self._value(examined, told)))
                yield replace(examined, known_as=_known_as(told))
            self.store.put(entries)

    def _batches(self, task: Task, roots: Sequence[SkillRoot]) -> Iterator[Mapping[str, SkillRoot]]:
        kept = [root for root in roots if root.shown not in task.drafts]
        for start in range(0, len(kept), _BATCH):
            some = kept[start : start + _BATCH]
            yield dict(zip(self._keys(task, some), some, strict=True))

    def _keys(self, task: Task, roots: Sequence[SkillRoot]) -> list[str]:
        rules = [
            (each.rule.name, each.severity, sorted(each.options.items())) for each in task.active
        ]
        common = repr((self.identity, rules, task.fingerprints, os.getcwd()))  # noqa: PTH109
        texts = (f"{common}\0{root.path}\0{root.shown}\0{root.limits}" for root in roots)
        return [digest_of(text.encode("utf-8", "surrogateescape")) for text in texts]

    def _value(self, examined: Examined, told: bytes) -> bytes:
        assert examined.watch is not None
        found = [plain(examined.info), plain(examined.diagnostics)]
        return _joined(line(examined.watch.plain(self.began)), line(found), told)


def _is_sound(examined: Examined) -> bool:
    """Whether it is known what a result depends on, and it is not that of a bug."""
    proven = examined.watch is not None and examined.watch.proves
    return proven and all(each.rule != "internal-error" for each in examined.diagnostics)


def _joined(*lines: bytes) -> bytes:
    return b"\n".join(lines)


def _examined(rest: bytes, watch: Watch) -> Examined:
    found, _, told = rest.partition(b"\n")
    info, diagnostics = of_line(found)
    facts, allowances = _told(told)
    return Examined(
        of_plain(SkillInfo, info),
        of_plain(tuple[Diagnostic, ...], diagnostics),
        facts,
        allowances,
        watch,
        _known_as(told),
    )


def _known_as(told: bytes) -> KnownAs:
    said, _, contained = told.rpartition(b"\n")
    return digest_of(said), digest_of(contained)


def _bytes_of_told(facts: Facts, allowances: tuple[Allowance, ...]) -> bytes:
    said = facts._replace(body=EMPTY, packed="")
    contained = [plain(facts.body), facts.packed]
    return _joined(line(plain(said)), line(plain(allowances)), line(contained))


def _told(lines: bytes) -> Told:
    said, allowances, (body, packed) = map(of_line, lines.split(b"\n"))
    facts = of_plain(Facts, said)._replace(body=Body(*body), packed=packed)
    return facts, of_plain(tuple[Allowance, ...], allowances)
