"""What a change of skill-lint does to real skills: findings gained and lost, and who fails.

    python benchmarks/ecosystem.py --against REV CORPUS... [--preset NAME] [--show 3] [--rule NAME]

REV is what git takes for a revision; it is compared with the working tree as it is. Two findings
are the same if they have the same rule, file and place. The table of rules is about the preset
that each revision has by default, or about `--preset`. `--show N` prints N findings of each rule
that are new, lost, or became errors, drawn with a fixed seed, to be read by a person.
"""

import argparse
import json
import os
import random
import subprocess
import sys
import tempfile
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any, NamedTuple

REPOSITORY = Path(__file__).resolve().parent.parent
# For `benchmarks` below, which must be the one beside this file, not that of an installed checkout.
sys.path.insert(0, str(REPOSITORY))

from benchmarks.outcome import Source  # noqa: E402
from benchmarks.same_bytes import source  # noqa: E402

DEFAULT = "(default)"
PRESETS = (DEFAULT, "recommended", "golden", "agentskills", "strict")
SEED = 17

Place = tuple[str, int, int]
"""The path, line and column of a finding."""


class Found(NamedTuple):
    """What a revision says of a corpus with one preset."""

    skills: int
    failing: int
    """Skills with an error."""
    findings: Mapping[str, Mapping[Place, Mapping[str, Any]]]
    """The findings of each rule, by their place."""


def main() -> int:
    options = _arguments()
    with tempfile.TemporaryDirectory(prefix="ecosystem-") as folder:
        before = source(options.against, Path(folder, "before"))
        after = source(".", Path(folder, "after"))
        for corpus in options.corpora:
            print("\n".join(_report(before, after, corpus, options)))
    return 0


def _arguments() -> argparse.Namespace:
    form = argparse.RawDescriptionHelpFormatter
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=form)
    parser.add_argument("--against", required=True, metavar="REV")
    parser.add_argument("corpora", nargs="+", metavar="CORPUS", type=Path)
    parser.add_argument("--preset", choices=PRESETS, default=DEFAULT, help="for the table of rules")
    parser.add_argument("--show", type=int, default=0, metavar="N", help="findings to show of each")
    parser.add_argument("--rule", default="", help="show findings of this rule only")
    return parser.parse_args()


def _report(
    before: Source, after: Source, corpus: Path, options: argparse.Namespace
) -> Iterator[str]:
    results = {
        preset: (linted(before, corpus, preset), linted(after, corpus, preset))
        for preset in PRESETS
    }
    yield f"\n{corpus}: {before.name} -> {after.name}"
    yield f"\n{'skills with an error':24}{'before':>16}{'after':>16}"
    for preset, pair in results.items():
        yield f"{preset:24}{_share(pair[0]):>16}{_share(pair[1]):>16}"
    old, new = results[options.preset]
    if old is None or new is None:
        raise SystemExit(f"only one of the revisions has the preset {options.preset}")
    yield f"\n{'findings, ' + options.preset:30}{'before':>8}{'after':>8}{'gained':>8}{'lost':>8}"
    for rule in sorted(old.findings.keys() | new.findings.keys()):
        was, now = old.findings.get(rule, {}), new.findings.get(rule, {})
        yield _row(rule, was, now)
        if options.show and options.rule in ("", rule):
            yield from _samples(was, now, options.show)


def linted(revision: Source, corpus: Path, preset: str) -> Found | None:
    """What a revision says of a corpus; None if it does not have the preset."""
    words = [] if preset == DEFAULT else ["--preset", preset]
    done = subprocess.run(
        [sys.executable, "-m", "skill_lint", "check", ".", "--isolated", "--no-cache",
         "--output-format", "json", *words],
        cwd=corpus, env={**os.environ, "PYTHONPATH": str(revision.folder)},
        capture_output=True, text=True, check=False,
    )  # fmt: skip
    if done.returncode == 2 and "there is no preset" in done.stderr:
        return None
    if done.returncode not in (0, 1):
        raise SystemExit(f"{revision.name}, {preset}: {done.stderr}")
    report = json.loads(done.stdout)
    findings: dict[str, dict[Place, Mapping[str, Any]]] = {}
    for each in report["diagnostics"]:
        place = (each["path"], each["line"], each["column"])
        findings.setdefault(each["rule"], {})[place] = each
    failing = {each["skill"] for each in report["diagnostics"] if each["severity"] == "error"}
    return Found(report["summary"]["linted"], len(failing), findings)


def _share(found: Found | None) -> str:
    if found is None:
        return "-"
    return f"{found.failing:,} ({found.failing / max(found.skills, 1):.0%})"


Findings = Mapping[Place, Mapping[str, Any]]


def _row(rule: str, was: Findings, now: Findings) -> str:
    gained, lost = len(now.keys() - was.keys()), len(was.keys() - now.keys())
    changes = Counter(
        f"{was[place]['severity']} -> {now[place]['severity']}"
        for place in was.keys() & now.keys()
        if was[place]["severity"] != now[place]["severity"]
    )
    said = ", ".join(f"{number:,} {change}" for change, number in sorted(changes.items()))
    return f"{rule:30}{len(was):>8,}{len(now):>8,}{gained:>8,}{lost:>8,}  {said}".rstrip()


def _samples(was: Findings, now: Findings, most: int) -> Iterator[str]:
    """Findings for a person to read: those gained, those lost, and those that became errors."""
    errors = [
        place
        for place in was.keys() & now.keys()
        if now[place]["severity"] == "error" != was[place]["severity"]
    ]
    kinds: Sequence[tuple[str, Sequence[Place], Findings]] = (
        ("+", sorted(now.keys() - was.keys()), now),
        ("-", sorted(was.keys() - now.keys()), was),
        ("!", sorted(errors), now),
    )
    for sign, places, findings in kinds:
        drawn = random.Random(SEED).sample(places, min(most, len(places)))  # noqa: S311 - only a sample
        for path, line, column in sorted(drawn):
            each = findings[path, line, column]
            yield f"  {sign} {path}:{line}:{column} {each['severity']} {each['message']}"


if __name__ == "__main__":
    raise SystemExit(main())
