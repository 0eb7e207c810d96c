"""One fault, one finding, over real skills and over the fixtures of all rules.

Two rules that report at one place are a pair. Each pair was read: either the table of
`rules/silence.py` has it, and one of the two is silent, or it stands here as two faults.
"""

from collections.abc import Iterator, Sequence
from itertools import combinations
from pathlib import Path

import pytest

from skill_lint import Diagnostic, Region, lint
from skill_lint.config.config import Config, preset, presets
from tests.support.fixtures import CASES, copied

pytestmark = pytest.mark.slow

AT_A_STAND_IN = {
    # On the first line of the file, of the frontmatter or of the body, for want of a place.
    "can-migrate", "dangling-symlink", "empty-subdirectory", "escaping-symlink", "few-examples",
    "late-frontmatter", "legacy-subdirectory", "long-body", "metadata-redundant",
    "metadata-symlink", "missing-description", "missing-frontmatter", "missing-metadata-field",
    "missing-name", "missing-overview", "missing-quick-start", "missing-skill-file",
    "missing-when-to-use", "nested-subdirectory", "no-progressive-disclosure", "orphan-file",
    "thin-body", "too-many-files", "too-many-findings", "unclosed-frontmatter",
    "unknown-subdirectory", "v1-sections",
}  # fmt: skip
TWO_FAULTS = {
    # To write the id of the directory may leave it too long, or as another skill's.
    ("deep-skill-id", "skill-id-mismatch"),
    ("deep-skill-id", "duplicate-skill-id"),
    ("duplicate-skill-id", "skill-id-mismatch"),
    # The directory's name may be taken as well.
    ("duplicate-name", "name-format"),
    ("duplicate-name", "name-mismatch"),
    # Something is wrong in the description, and something is missing in it.
    ("description-markup", "untriggered-description"),
    ("duplicate-description", "untriggered-description"),
    ("overlapping-description", "untriggered-description"),
    ("listing-budget", "long-description"),
    # The whole frontmatter stands in braces, and that is no fault of the key.
    ("unknown-key", "unportable-yaml"),
    ("unportable-yaml", "untriggered-description"),
    # The anchor is wrong, and the file that has it is not named in SKILL.md.
    ("dead-anchor", "deep-reference"),
    # The form of a list is wrong, and so is what an item says.
    ("metadata-values", "unknown-dependency"),
    ("unknown-dependency", "unportable-yaml"),
    ("unknown-see-also", "unportable-yaml"),
}


def pairs(diagnostics: Sequence[Diagnostic]) -> Iterator[tuple[str, str]]:
    """The rules of each two findings that share a character of a file, or a cause."""
    by_path: dict[str, list[Diagnostic]] = {}
    for each in diagnostics:
        if each.rule not in AT_A_STAND_IN:
            by_path.setdefault(each.path, []).append(each)
    for found in by_path.values():
        for one, other in combinations(found, 2):
            if one.rule != other.rule and _touch(one, other):
                first, second = sorted((one.rule, other.rule))
                yield first, second


def _touch(one: Diagnostic, other: Diagnostic) -> bool:
    if one.cause and one.cause == other.cause:
        return True
    return any(
        a == b or (a[:2] < b[2:] and b[:2] < a[2:]) for a in _regions(one) for b in _regions(other)
    )


def _regions(diagnostic: Diagnostic) -> list[Region]:
    return [diagnostic.region, *(each.region for each in diagnostic.elsewhere)]


@pytest.mark.parametrize("name", presets())
def test_no_two_rules_report_one_fault_of_a_real_skill(
    name: str, corpus: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(corpus)
    report = lint(["."], preset(name))
    assert len(report.linted) >= 385
    assert set(pairs(report.diagnostics)) - TWO_FAULTS == set()


def test_no_two_rules_report_one_fault_of_a_fixture(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    found: dict[tuple[str, str], str] = {}
    for case in CASES:
        monkeypatch.chdir(copied(case, tmp_path / case.parent.name))
        for pair in pairs(lint(["."], Config()).diagnostics):
            found.setdefault(pair, f"{case.parent.name}/{case.name}")
    assert {pair: case for pair, case in found.items() if pair not in TWO_FAULTS} == {}
