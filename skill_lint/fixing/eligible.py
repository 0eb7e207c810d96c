"""Which findings a run fixes: those that it would report and whose fix is safe enough."""

from collections.abc import Iterable, Sequence

from skill_lint.diagnostic import Diagnostic
from skill_lint.fixing.loop import Eligible
from skill_lint.report.baseline import Baseline
from skill_lint.skill.skill import Skill


def eligible(baseline: Baseline | None, *, unsafe: bool) -> Eligible:
    """Chooses the findings that a run fixes. `unsafe` adds fixes that a person should review."""
    allowed = {"safe", "unsafe"} if unsafe else {"safe"}

    def choose(skill: Skill, diagnostics: Sequence[Diagnostic]) -> Iterable[Diagnostic]:
        reported = would_report(skill, diagnostics, baseline)
        return (each for each in reported if each.fix and each.fix.safety in allowed)

    return choose


def would_report(
    skill: Skill, diagnostics: Sequence[Diagnostic], baseline: Baseline | None
) -> list[Diagnostic]:
    """The findings that a run would report; it fixes no others."""
    reported = [each for each in diagnostics if each.is_open]
    if baseline is None:
        return reported
    # A draft may have renamed the file; the baseline has the name that is on the disk.
    names = [each._replace(path=_path_on_disk(skill, each.path)) for each in reported]
    new = set(map(id, baseline.split(names)[0]))
    return [each for each, name in zip(reported, names, strict=True) if id(name) in new]


def _path_on_disk(skill: Skill, path: str) -> str:
    return skill.path_of(skill.draft.on_disk(skill.name_of(path)))
