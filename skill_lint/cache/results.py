"""The results of earlier runs, one a skill: used again while nothing they came from has changed."""

import json
import os
from collections.abc import Iterable, Mapping, Sequence
from itertools import islice

from skill_lint.cache.codec import of_plain, plain
from skill_lint.cache.store import Store
from skill_lint.checker import Allowance, Examined, Task
from skill_lint.collection.facts import Facts
from skill_lint.diagnostic import Diagnostic, SkillInfo
from skill_lint.discover import SkillRoot
from skill_lint.watch import Watch, digest_of

_BATCH = 500
"""Results that are read or written together: all at once would take memory."""


class Results:
    """What a store knows of skills.

    `identity` tells this skill-lint from others; `began` is when the run did, in nanoseconds.
    """

    def __init__(self, store: Store, identity: str, began: int) -> None:
        self.store, self.identity, self.began = store, identity, began

    def known(self, task: Task, roots: Sequence[SkillRoot]) -> dict[str, Examined]:
        """The results that still hold, by the path of the skill."""
        kept = [root for root in roots if root.shown not in task.drafts]
        keys = list(zip(self._keys(task, kept), kept, strict=True))
        found: dict[str, Examined] = {}
        for start in range(0, len(keys), _BATCH):
            found |= self._known(dict(keys[start : start + _BATCH]))
        return found

    def _known(self, keys: Mapping[str, SkillRoot]) -> dict[str, Examined]:
        found: dict[str, Examined] = {}
        renewed: list[tuple[str, bytes]] = []
        for key, value in self.store.get(list(keys)).items():
            try:
                whole = json.loads(value.decode("utf-8", "surrogatepass"))
                watch = Watch.of_plain(whole["watch"])
                if not watch.holds():
                    continue
                found[keys[key].shown] = _examined(whole, watch)
            except (ValueError, TypeError, KeyError, IndexError, AttributeError):
                continue  # Of another making: it is linted anew, and written over.
            if watch.renewed:
                renewed.append((key, _bytes({**whole, "watch": watch.plain(self.began)})))
        if renewed:
            self.store.put(renewed)
        return found

    def keep(self, task: Task, fresh: Iterable[tuple[SkillRoot, Examined]]) -> None:
        """Keep the results of this run, but for those of a bug."""
        kept = [
            (root, examined)
            for root, examined in fresh
            if examined.watch is not None and examined.watch.proves
            if root.shown not in task.drafts
            if all(each.rule != "internal-error" for each in examined.diagnostics)
        ]
        keys = self._keys(task, [root for root, _ in kept])
        entries = ((key, self._value(each)) for key, (_, each) in zip(keys, kept, strict=True))
        while batch := list(islice(entries, _BATCH)):
            self.store.put(batch)

    def _keys(self, task: Task, roots: Sequence[SkillRoot]) -> list[str]:
        rules = [
            (each.rule.name, each.severity, sorted(each.options.items())) for each in task.active
        ]
        common = repr((self.identity, rules, task.fingerprints, os.getcwd()))  # noqa: PTH109
        texts = (f"{common}\0{root.path}\0{root.shown}\0{root.limits}" for root in roots)
        return [digest_of(text.encode("utf-8", "surrogateescape")) for text in texts]

    def _value(self, examined: Examined) -> bytes:
        assert examined.watch is not None
        return _bytes(
            {
                "watch": examined.watch.plain(self.began),
                "info": plain(examined.info),
                "diagnostics": plain(examined.diagnostics),
                "facts": plain(examined.facts),
                "allowances": plain(examined.allowances),
            }
        )


def _bytes(whole: Mapping[str, object]) -> bytes:
    # Two lone surrogates side by side must not become one character.
    return json.dumps(whole, ensure_ascii=False).encode("utf-8", "surrogatepass")


def _examined(whole: Mapping[str, object], watch: Watch) -> Examined:
    return Examined(
        of_plain(SkillInfo, whole["info"]),
        of_plain(tuple[Diagnostic, ...], whole["diagnostics"]),
        of_plain(Facts, whole["facts"]),
        of_plain(tuple[Allowance, ...], whole["allowances"]),
        watch,
    )
