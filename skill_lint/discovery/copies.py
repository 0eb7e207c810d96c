"""Skills that were found under more than one name, through symbolic links."""

import os
from collections.abc import Sequence

from skill_lint.discovery.exclude import Selected
from skill_lint.discovery.roots import SkillRoot
from skill_lint.filesystem.paths import Root
from skill_lint.filesystem.recorder import Recorder
from skill_lint.filesystem.status import real_path
from skill_lint.report.report import Skipped
from skill_lint.skill.file_name import first_skill_file

_KIND = "symbolic links to skills that were found"


def once(
    found: Sequence[SkillRoot], selected: Selected, root: Root, recorder: Recorder
) -> Selected:
    """Each skill once: of several names, the first that was found counts.

    Where the owner has left that one out, the others are left out with it, except those that the
    change has made: it would put into use what nobody looks at.
    """
    kept = {root.absolute_of(each.path): each for each in reversed(selected.kept)}
    first, folders = dict[str, str](), dict[str, str]()
    copies: list[Skipped] = []
    for each in found:
        path = root.absolute_of(each.path)
        real = _led_to(each, recorder) or real_path(path, folders)
        other = first.setdefault(real, path)
        if path == other or path not in kept:
            continue
        if other not in kept and recorder.is_new(os.path.join(path, each.file)):  # noqa: PTH118
            first[real] = path
            continue
        del kept[path]
        copies.append(Skipped(each.shown, f"a symbolic link to {root.shown(other)}", _KIND))
    led_out = {each.real: each for each in reversed(selected.led_out)}
    return Selected(
        tuple(reversed(kept.values())),
        (*copies, *selected.skipped),
        tuple(reversed(led_out.values())),
    )


def _led_to(skill: SkillRoot, recorder: Recorder) -> str | None:
    """The folder of the skill that a folder of nothing but links stands for, if it is one.

    Anything else in a folder belongs to the skill in it, wherever its SKILL.md leads.
    """
    folder = os.path.dirname(skill.leads_to or "")  # noqa: PTH120
    return folder if skill.leads_to and _only_leads_to(folder, skill, recorder) else None


def _only_leads_to(folder: str, skill: SkillRoot, recorder: Recorder) -> bool:
    """Whether a skill is nothing but links, each to what has the same name in another folder."""
    try:
        entries, others = recorder.list(os.fspath(skill.path)), recorder.list(folder)
    except OSError:
        return False
    names = {each.name for each in others if not each.is_symlink()}
    own = first_skill_file(each.name for each in others)
    if own != skill.file or skill.leads_to != os.path.join(folder, own):  # noqa: PTH118
        return False
    for entry in entries:
        recorder.link(entry.path)
        target = os.path.join(folder, entry.name)  # noqa: PTH118
        if not entry.is_symlink() or entry.name not in names:
            return False
        if os.path.realpath(entry.path) != target:
            return False
    return True
