"""A report in parts, one for each skill. Parts of unchanged skills are reused."""

import os
from collections.abc import Iterable, Mapping, Sequence
from typing import NamedTuple

from skill_lint.cache.codec import from_json
from skill_lint.cache.json_lines import from_line, to_line
from skill_lint.collection.collection import Extent
from skill_lint.collection.copies import copies
from skill_lint.diagnostic import Diagnostic
from skill_lint.discovery.roots import Discovery
from skill_lint.engine.causes import one_per_cause
from skill_lint.engine.lint import LintResult, extent_of
from skill_lint.engine.result import FactsDigest
from skill_lint.report.counts import Counts, Totals, counts_by_skill, sum_of
from skill_lint.report.report import Skipped
from skill_lint.report.tally import Kind, tallies


class SkillPart(NamedTuple):
    """The part of a report that is about one skill.

    `root` is its folder as it was opened, `path` as it is shown. `of_collection` are the findings
    of collection rules; `content_used` says whether a collection rule read the skill's
    body or files. `external_inputs` are paths outside of its folder that it depends on. `text` is
    what the printed report was made of, for this skill. `likeness` is the same for its copies.
    """

    root: str
    path: str
    facts_digest: FactsDigest
    content_used: bool
    external_inputs: tuple[str, ...]
    of_collection: tuple[Diagnostic, ...]
    text: str
    likeness: str
    tally: tuple[tuple[Kind, int], ...]
    counts: Counts

    def is_same_to_others(self, now: FactsDigest) -> bool:
        """Whether the collection rules would find the same, given the digest of the facts now."""
        metadata, content = self.facts_digest
        return metadata == now[0] and (content == now[1] or not self.content_used)


class ReportParts(NamedTuple):
    """A report: its extent, the skipped skills, notes, and a part for each skill, by path."""

    extent: Extent
    skipped: tuple[Skipped, ...]
    notes: tuple[str, ...]
    skills: tuple[SkillPart, ...]

    @property
    def texts(self) -> dict[str, str]:
        """What is printed about each skill that has findings."""
        return {each.path: each.text for each in self.skills if each.text}

    @property
    def totals(self) -> Totals:
        paths = tuple(each.path for each in self.skills)
        counted = sum_of(each.counts for each in self.skills)
        return Totals(
            counted, paths, self.skipped, self.notes,
            tallies={each.path: dict(each.tally) for each in self.skills if each.tally},
            copies=copies({each.path: each.likeness for each in self.skills}),
        )  # fmt: skip

    def depending_on(self, paths: Iterable[str]) -> set[str]:
        """The shown paths of the skills that depend on any of these paths on the disk."""
        by_root = {part.root: part.path for part in self.skills}
        external: dict[str, list[str]] = {}
        for part in self.skills:
            for path in part.external_inputs:
                external.setdefault(path, []).append(part.path)
        found = {skill for path in paths for skill in external.get(path, ())}
        for path in paths:
            before = ""
            while path and path != before:
                if path in by_root:
                    found.add(by_root[path])
                before, path = path, os.path.dirname(path)  # noqa: PLW2901, PTH120
        return found

    def to_bytes(self) -> bytes:
        """One line of JSON."""
        # Skill by skill, because one text of all would take much memory.
        rows = b",".join(map(to_line, self.skills))
        head = (self.extent, self.skipped, self.notes)
        return b"[%b,%b,%b,[%b]]" % (*map(to_line, head), rows)


def of_bytes(data: bytes) -> ReportParts | None:
    """The opposite of `to_bytes`; None for anything else."""
    try:
        return from_json(ReportParts, from_line(data))
    except ValueError:
        return None


def parts_of(found: Discovery, result: LintResult, texts: Mapping[str, str]) -> ReportParts:
    """The parts of an ordinary run's report. `texts` is what was printed about each skill."""
    reported = one_per_cause(result.report.diagnostics)
    counts, tallied = counts_by_skill(reported), tallies(reported)
    of_collection = by_path(result.of_collection)
    skills = [
        SkillPart(
            str(root.path),
            path,
            facts_digest=result.facts_digests[path],
            content_used=path in result.content_used,
            external_inputs=result.external_inputs[path],
            of_collection=of_collection.get(path, ()),
            text=texts.get(path, ""),
            likeness=result.likenesses[path],
            tally=tuple(tallied.get(path, {}).items()),
            counts=counts.get(path, Counts()),
        )
        for path, root in sorted((root.shown, root) for root in found.skills)
    ]
    return ReportParts(extent_of(found), result.report.skipped, found.notes, tuple(skills))


def by_path(diagnostics: Sequence[Diagnostic]) -> dict[str, tuple[Diagnostic, ...]]:
    """Diagnostics by the path of their skill."""
    found: dict[str, list[Diagnostic]] = {}
    for each in diagnostics:
        found.setdefault(each.skill, []).append(each)
    return {path: tuple(each) for path, each in found.items()}
