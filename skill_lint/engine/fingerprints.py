"""Hashes of lines, by which code scanning recognises a finding in a later run."""

from collections.abc import Iterator, Sequence

from skill_lint.diagnostic import Diagnostic
from skill_lint.skill.skill import Skill


def fingerprinted(diagnostics: Sequence[Diagnostic], skill: Skill) -> Iterator[Diagnostic]:
    """The diagnostics of a skill with the hashes of their lines."""
    # Lazy import: only SARIF asks for them.
    from skill_lint.text.line_hash import line_hashes

    by_path: dict[str, list[Diagnostic]] = {}
    for diagnostic in diagnostics:
        by_path.setdefault(diagnostic.path, []).append(diagnostic)
    for path, group in by_path.items():
        hashes = line_hashes(
            skill.read(skill.name_of(path)).text, (each.region.line for each in group)
        )
        yield from (each._replace(fingerprint=hashes[each.region.line]) for each in group)
