"""Whole runs of earlier: the same words in the same place, and nothing they depend on changed.

Then the report is the one that was kept, and neither rules nor parsers need be imported; so this
module imports little.
"""

import json
import os
from collections.abc import Sequence

from skill_lint.cache.store import Store
from skill_lint.watch import Watch, digest_of

Run = tuple[str, int]
"""What a run printed, and its exit code."""


def known(store: Store, key: str, began: int) -> Run | None:
    """The run of a key, if all of it would be the same now. `began` is now, in nanoseconds."""
    value = store.get([key]).get(key)
    if value is None:
        return None
    try:
        watch_data, text, code = json.loads(value.decode("utf-8", "surrogatepass"))
        watch = Watch.of_plain(watch_data)
        if not watch.holds():
            return None
    except (ValueError, TypeError, AttributeError):
        return None
    run = (str(text), int(code))
    if watch.renewed:
        keep(store, key, watch, run, began)
    return run


def keep(store: Store, key: str, watch: Watch, run: Run, began: int) -> None:
    """Keep a run that depends on `watch` alone, and began at `began`."""
    whole = json.dumps([watch.plain(began), *run], ensure_ascii=False)
    store.put([(key, whole.encode("utf-8", "surrogatepass"))])


def key(identity: str, words: Sequence[str], *surroundings: str) -> str:
    """What a run is known by: the tool, the words, the place, and what else it is shown by."""
    parts = ("run", identity, list(words), os.getcwd(), surroundings)  # noqa: PTH109
    return digest_of(repr(parts).encode("utf-8", "surrogatepass"))
