"""A report in parts, one for each skill: those of skills that have not changed are used again."""

import os
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any, NamedTuple

from skill_lint.cache.codec import from_json, to_json
from skill_lint.cache.json_lines import from_line, to_line
from skill_lint.collection.collection import Extent
from skill_lint.engine.result import FactsDigest
from skill_lint.report.counts import Counts, Totals, sum_of
from skill_lint.report.report import Skipped


class Part(NamedTuple):
    """What a run found out about one skill.

    `root` is its folder as it was opened, `path` as it is shown. `known_as` says what it tells the
    rules across skills, `judged` what those say of it, as the codec has it; `looked_into`, whether
    they looked at what it contains. `beyond` are paths outside of its folder that it depends on.
    `text` is what was printed of it, `tally` what counts.
    """

    root: str
    path: str
    known_as: FactsDigest
    looked_into: bool
    beyond: Sequence[str]
    judged: Sequence[Any]
    text: str
    tally: Counts

    def tells_the_same(self, now: FactsDigest) -> bool:
        """Whether the rules across skills would say what they said, if the skill is now so."""
        said, contained = self.known_as
        return said == now[0] and (contained == now[1] or not self.looked_into)


class Parts(NamedTuple):
    """A report: what it covers, what was left out, and a part for each skill, sorted by path."""

    extent: Extent
    skipped: tuple[Skipped, ...]
    skills: Sequence[Part]

    @property
    def texts(self) -> Mapping[str, str]:
        """What is printed of each skill that has findings."""
        return {each.path: each.text for each in self.skills if each.text}

    @property
    def outline(self) -> Totals:
        paths = tuple(each.path for each in self.skills)
        return Totals(sum_of(each.tally for each in self.skills), paths, self.skipped)

    def depending_on(self, paths: Iterable[str]) -> set[str]:
        """The skills that depend on any of some paths that were looked at, as they are shown."""
        by_root = {part.root: part.path for part in self.skills}
        beyond: dict[str, list[str]] = {}
        for part in self.skills:
            for path in part.beyond:
                beyond.setdefault(path, []).append(part.path)
        return {
            skill
            for path in paths
            for skill in (
                *beyond.get(path, ()),
                *(by_root[folder] for folder in _upwards(path) if folder in by_root),
            )
        }

    def as_bytes(self) -> bytes:
        """One line of JSON."""
        # One by one, for all of them as one text would take much memory.
        rows = b",".join(map(to_line, self.skills))
        return b"[%b,%b,[%b]]" % (
            to_line(to_json(self.extent)),
            to_line(to_json(self.skipped)),
            rows,
        )


def of_bytes(data: bytes) -> Parts | None:
    """The opposite of `as_bytes`; None for anything else."""
    try:
        extent, skipped, rows = from_line(data)
        skills = [Part._make((*row[:-1], Counts(*row[-1]))) for row in rows]
        return Parts(from_json(Extent, extent), from_json(tuple[Skipped, ...], skipped), skills)
    except (ValueError, TypeError, KeyError, IndexError):
        return None


def _upwards(path: str) -> Iterator[str]:
    """A path and the folders that it lies in, as it is written."""
    before = ""
    while path and path != before:
        yield path
        before, path = path, os.path.dirname(path)  # noqa: PTH120
