"""Which folders may hold the files of a run: its configuration, its baseline, its models."""

import os
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

from skill_lint.filesystem.links import name_in
from skill_lint.filesystem.paths import Root, checkouts, is_checkout, is_inside, upwards
from skill_lint.filesystem.recorder import Recorder
from skill_lint.skill.file_name import is_skill_file


def nearest(start: str, in_folder: Callable[[str], Path | None], recorder: Recorder) -> Path | None:
    """The nearest file in the absolute folder `start` or above it that is not part of a skill.

    `in_folder` gives the file in a folder. The files of `start` and, if it is a skill, of the
    checkout's root count.
    """
    for folder in upwards(start):
        if (file := in_folder(folder)) and not is_part_of_skill(folder, start, recorder):
            return file
    return None


def search_starts(paths: Sequence[str], root: Root) -> Iterator[str]:
    """The absolute folders in which the search begins, one after the other.

    The first is the working directory; for paths beside it, the folder that holds both. For paths
    outside of its checkout it is the root of theirs; without a checkout, their common folder, or if
    that is part of a skill, the folder above the skill. Where the working directory is in no
    checkout, the root of the checkout that the paths are in comes second.
    """
    working = root.absolute
    given = [root.absolute_of(path) for path in paths if os.path.exists(root.join(path))]  # noqa: PTH110
    tops = checkouts(working) or [working]
    inside = [name for each in given if (name := _in(each, tops[-1]))]
    if inside or not given:
        yield os.path.commonpath([working, *inside])
    if given and (not inside or not is_checkout(tops[-1])):
        common = os.path.commonpath(given)
        folder = common if os.path.isdir(common) else os.path.dirname(common)  # noqa: PTH112, PTH120
        if not inside or checkouts(folder):
            yield _start_elsewhere(folder)


def _in(path: str, top: str) -> str | None:
    """A path as one in the checkout, which may be named through a link outside; None if it is not.

    The links in the checkout do not count: a change may have made them.
    """
    if is_inside(path, top):
        return path
    name = name_in(path, top)
    return None if name is None else os.path.normpath(f"{top}/{name}")


def _start_elsewhere(folder: str) -> str:
    recorder = Recorder(is_recording=False)
    if tops := checkouts(folder):
        # A skill with a `.git` of its own does not speak for the checkout that it is in.
        return next((top for top in tops if not _is_skill(top, recorder)), tops[-1])
    above = [each for each in upwards(folder, with_home=False) if _is_skill(each, recorder)]
    return os.path.dirname(above[-1]) if above else folder  # noqa: PTH120


def is_part_of_skill(folder: str, start: str, recorder: Recorder) -> bool:
    """Whether a file of settings in a folder does not count, because a skill may have brought it.

    Both folders are absolute; `start` is where the search began.
    """
    above = list(upwards(folder, with_home=False))
    is_root = len(above) == 1 and is_checkout(folder)
    if folder == start or (is_root and _is_skill(folder, recorder)):
        return False
    return any(_is_skill(each, recorder) for each in above)


def _is_skill(folder: str, recorder: Recorder) -> bool:
    try:
        return any(map(is_skill_file, recorder.names(folder)))
    except OSError:
        return False
