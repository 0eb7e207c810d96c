"""A session: inputs of every kind in turn, until the time is up."""

import hashlib
import random
import time
import traceback
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from tests.fuzz.outside.inputs import make
from tests.fuzz.outside.kinds import KINDS
from tests.fuzz.outside.workshop import workshop

SECONDS = 5
"""CPU time after which an input counts as a hang; nearly all take less than a tenth of one."""


@dataclass
class Tried:
    """The number of inputs of each kind, the slowest, and where what failed."""

    inputs: Counter[str] = field(default_factory=Counter)
    slowest: dict[str, float] = field(default_factory=dict)
    places: dict[str, set[str]] = field(default_factory=dict)
    """For each kind, the places in our code at which an input of it failed."""

    @property
    def failures(self) -> int:
        return sum(map(len, self.places.values()))

    def lines(self) -> Iterator[str]:
        yield "| kind | inputs | slowest, s of CPU | failures |"
        yield "|---|---|---|---|"
        for kind, number in self.inputs.items():
            places = len(self.places.get(kind, ()))
            yield f"| `{kind}` | {number:,} | {self.slowest[kind]:.2f} | {places} |"
        slowest = max(self.slowest.values())
        yield f"| all | {self.inputs.total():,} | {slowest:.2f} | {self.failures} |"


def session(
    kinds: Sequence[str], rng: random.Random, seconds: float, keep: Path, most: int | None = None
) -> Tried:
    """Try inputs for some seconds, or `most` of each kind; keep in a folder those that fail."""
    tried, end = Tried(), time.monotonic() + seconds
    with workshop():
        seeds: Mapping[str, Sequence[bytes]] = {each: KINDS[each].seeds(each) for each in kinds}
        while time.monotonic() < end and (most is None or tried.inputs.total() < most * len(kinds)):
            for kind in kinds:
                data = make(rng.choice(seeds[kind]), KINDS[kind].form, rng)
                _try(kind, data, rng.random(), keep, tried)
    return tried


def _try(kind: str, data: bytes, dice: float, keep: Path, tried: Tried) -> None:
    began = time.process_time()
    try:
        KINDS[kind].read(data, random.Random(dice))
        taken = time.process_time() - began
        assert taken < SECONDS, f"it took {taken:.0f} s"
    except Exception as error:
        if (file := _kept(kind, data, error, keep, tried)) is not None:
            print(f"\n{data[:200]!r}", traceback.format_exc(), sep="\n")
            print(f"python -m tests.fuzz.outside {kind} --again {file} --dice {dice}", flush=True)
    tried.inputs[kind] += 1
    tried.slowest[kind] = max(tried.slowest.get(kind, 0), time.process_time() - began)


def _kept(kind: str, data: bytes, error: Exception, keep: Path, tried: Tried) -> Path | None:
    """The file with an input that failed; None if another has failed at the same place."""
    frames = traceback.extract_tb(error.__traceback__)
    place = str([(each.filename, each.lineno) for each in frames])
    if place in (places := tried.places.setdefault(kind, set())):
        return None
    places.add(place)
    keep.mkdir(parents=True, exist_ok=True)
    file = keep / f"{kind}-{hashlib.sha256(data).hexdigest()[:12]}"
    file.write_bytes(data)
    return file


def again(kind: str, data: bytes, dice: float) -> None:
    """Try one input once more, and raise what it raises."""
    with workshop():
        KINDS[kind].seeds(kind)
        KINDS[kind].read(data, random.Random(dice))
