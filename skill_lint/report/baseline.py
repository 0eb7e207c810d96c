"""The baseline: findings that a team has not fixed yet, so that only new ones are reported.

An entry has a finding's path, its rule and a hash of its line's text, so that it still matches when
the line moves. Equal findings are one entry with a count.
"""

import contextlib
import json
import os
from collections import Counter
from collections.abc import Iterable, Sequence, Set
from pathlib import Path
from typing import Any, NamedTuple

from skill_lint.diagnostic import Diagnostic
from skill_lint.filesystem.paths import Root
from skill_lint.filesystem.read import Unreadable
from skill_lint.filesystem.recorder import Recorder
from skill_lint.limits import BASELINE_BYTES, MOST_NUMBER
from skill_lint.report.report import Report
from skill_lint.text.source import START, Source, Span

FILE_NAME = ".skill-lint-baseline.json"
VERSION = 1
LONGEST_PATH = 4_096
"""Characters of a path; no system opens a longer path."""


class BaselineError(Exception):
    """The file is not a baseline that this version can read; the message says what to do."""


class BaselineEntry(NamedTuple):
    """A finding in the baseline; `path` is relative to the baseline's folder."""

    path: str
    rule: str
    line_hash: str


class StaleEntry(NamedTuple):
    """An entry whose finding is missing, `number` times, and its place in the baseline's file."""

    entry: BaselineEntry
    number: int
    source: Source
    span: Span


class Baseline(NamedTuple):
    """A baseline's entries, with the count of each, and the file that they are kept in."""

    file: Path
    entries: Counter[BaselineEntry]
    root: Root
    text_read: str = ""
    """The text that the entries were read from."""

    def _from_here(self, paths: Iterable[str]) -> dict[str, str]:
        """Paths of the report, each with how it counts from the baseline's folder."""
        folder = self.root.absolute_of(self.file.parent)
        return {
            path: os.path.relpath(self.root.absolute_of(path), folder).replace(os.sep, "/")
            for path in set(paths)
        }

    def keys(self, diagnostics: Sequence[Diagnostic]) -> list[BaselineEntry]:
        """The entry of each diagnostic."""
        # Lazy import: most runs have no baseline.
        import hashlib

        paths = self._from_here(each.path for each in diagnostics)
        texts = [each.excerpt.text.strip() if each.excerpt else "" for each in diagnostics]
        hashes = (hashlib.sha256(text.encode("utf-8", "surrogatepass")) for text in texts)
        return [
            BaselineEntry(paths[each.path], each.rule, line.hexdigest()[:16])
            for each, line in zip(diagnostics, hashes, strict=True)
        ]

    def split(self, diagnostics: Sequence[Diagnostic]) -> tuple[list[Diagnostic], list[Diagnostic]]:
        """The diagnostics that are new, and those that are in the baseline."""
        left, new, baselined = self.entries.copy(), list[Diagnostic](), list[Diagnostic]()
        for diagnostic, key in zip(diagnostics, self.keys(diagnostics), strict=True):
            (baselined if left[key] > 0 else new).append(diagnostic)
            left[key] -= 1
        return new, baselined

    def stale(self, report: Report) -> list[StaleEntry]:
        """The entries whose findings were not found by rules that ran in the linted skills.

        An entry of a file that does not exist any more is stale as well.
        """
        running = {each.rule.name for each in report.rules}
        # The fault of a silent finding is still there.
        left = self.entries - Counter(self.keys((*report.diagnostics, *report.silent)))
        folders = set(self._from_here(report.linted).values())
        depth = max((folder.count("/") + 1 for folder in folders), default=0)
        here = os.fspath(self.file.parent)
        stale = {
            entry: number
            for entry, number in sorted(left.items())
            if entry.rule in running
            and (
                _is_below(entry.path, folders, depth)
                or not os.path.lexists(os.path.join(here, entry.path))  # noqa: PTH118
            )
        }
        source = Source(self.root.shown(self.file), FILE_NAME, self.text_read)
        places = _places(source) if stale else {}
        return [
            StaleEntry(entry, number, source, places.get(entry, START))
            for entry, number in stale.items()
        ]

    def with_findings(self, diagnostics: Sequence[Diagnostic]) -> "Baseline":
        return self._replace(entries=Counter(self.keys(diagnostics)))

    def without(self, stale: Iterable[StaleEntry]) -> "Baseline":
        gone = Counter({each.entry: each.number for each in stale})
        return self._replace(entries=self.entries - gone)

    def text(self) -> str:
        """The file's JSON: sorted, one entry per line, so that a diff is easy to read."""
        lines = [
            json.dumps(
                {"path": entry.path, "rule": entry.rule, "line": entry.line_hash, "count": number},
                ensure_ascii=False,
            )
            for entry, number in sorted(self.entries.items())
        ]
        findings = ",\n    ".join(lines)
        inner = f"\n    {findings}\n  " if lines else ""
        return f'{{\n  "version": {VERSION},\n  "findings": [{inner}]\n}}\n'


def _places(source: Source) -> dict[BaselineEntry, Span]:
    """The line of each entry that stands alone on its line, as `text` writes them."""
    found: dict[BaselineEntry, Span] = {}
    for number in range(1, len(source.line_starts) + 1):
        line = source.line_span(number)
        with contextlib.suppress(ValueError, TypeError, KeyError, RecursionError):
            entry, _ = _entry(json.loads(source.slice(line).strip().rstrip(",")))
            found.setdefault(entry, line)
    return found


def _is_below(path: str, folders: Set[str], depth: int) -> bool:
    """Whether a path is one of the folders, or lies in one. None has more than `depth` parts."""
    parts = path.split("/", depth)[:depth]
    above = ("/".join(parts[:end]) for end in range(1, len(parts) + 1))
    return "." in folders or any(folder in folders for folder in above)


def find(folder: str, recorder: Recorder) -> Path | None:
    """The baseline in a folder. What has its name and is no file counts: reading it then fails."""
    file = os.path.join(folder, FILE_NAME)  # noqa: PTH118
    return Path(file) if recorder.is_file(file) or recorder.exists(file) else None


def read(file: Path, root: Root, recorder: Recorder) -> Baseline:
    """Read a baseline of at most `BASELINE_BYTES`. Raises `BaselineError`."""
    try:
        text = recorder.read_settings(os.fspath(file), BASELINE_BYTES, root)
    except Unreadable as error:
        raise BaselineError(f"{file}: cannot be read: {error}") from None
    try:
        data = json.loads(text)
        version = data["version"]
        if type(version) is not int or not 0 < version <= MOST_NUMBER:
            raise ValueError(version)
        if version != VERSION:
            raise BaselineError(
                f"{file}: version {version} of a baseline, and this skill-lint reads {VERSION}; "
                "update skill-lint"
            )
        entries = Counter[BaselineEntry]()
        for each in data["findings"]:
            entry, number = _entry(each)
            entries[entry] += number
    except (ValueError, TypeError, KeyError, RecursionError):
        raise BaselineError(
            f"{file}: is no baseline; write it again with `skill-lint baseline --update`, or "
            f"restore {file.name}"
        ) from None
    return Baseline(file, entries, root, text)


def _entry(data: Any) -> tuple[BaselineEntry, int]:
    """An entry and its count. Raises ValueError, TypeError or KeyError for anything else."""
    entry, number = BaselineEntry(data["path"], data["rule"], data["line"]), data["count"]
    is_text = all(type(part) is str and len(part) <= LONGEST_PATH for part in entry)
    if not is_text or type(number) is not int or not 0 < number <= MOST_NUMBER:
        raise ValueError(data)
    return entry, number
