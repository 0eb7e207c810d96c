"""The symbolic links on the way to a file, and whether one of a checkout leads out of it."""

import os
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from skill_lint.filesystem.paths import is_foreign, is_inside, upwards

MOST_LINKS = 40
"""Symbolic links on the way to a file, as in Linux; what has more cannot be opened."""


def leads_out(path: str, root: str) -> bool:
    """Whether a path, through symbolic links in a checkout, leads out of that checkout.

    `path` and `root`, the root of the run, are absolute. `..` in `path` is the folder above what a
    link leads to, as it is for whoever opens the path. A link that lies in no checkout, and not in
    the root either, is the user's own and may lead anywhere.
    """
    real = os.path.realpath(path)
    if real == path:
        return False
    real_root = os.path.realpath(root)
    return any(
        is_foreign(each, real_root) and not is_inside(real, each)
        for folder in dict.fromkeys(folders_of_links(path))
        for each in upwards(folder)
    )


def folders_of_links(path: str) -> Iterator[str]:
    """The folders, without links in their own paths, of all links on the way to a path."""
    return (each.place for each in steps(path) if each.is_link)


def places_on_way(path: str) -> Iterator[str]:
    """The links on the way to an absolute path, the file it leads to, and what is not there.

    Whoever changes one of these places changes what the path leads to. No place has a link in its
    own path.
    """
    for place, is_link, rest in steps(path):
        if is_link:
            yield os.path.join(place, rest[-1])
        elif not os.path.isdir(place):
            yield place


class Step(NamedTuple):
    """A step on the way to a path: a place without links in its own path, and the names that are
    left, the last one first. With `is_link`, the next one is a link in this place.
    """

    place: str
    is_link: bool
    rest: Sequence[str]


def steps(path: str) -> Iterator[Step]:
    """The way to an absolute path, as whoever opens it goes. What lies ahead is not looked at."""
    drive, rest = os.path.splitdrive(path)
    place, waiting, links = drive + os.sep, _parts(rest), 0
    while waiting and links <= MOST_LINKS:
        name = waiting.pop()
        step = os.path.dirname(place) if name == ".." else os.path.join(place, name)
        if name != ".." and os.path.islink(step):
            yield Step(place, is_link=True, rest=[*waiting, name])
            links += 1
            drive, rest = os.path.splitdrive(os.readlink(step))
            place = drive + os.sep if os.path.isabs(drive + rest) else place
            waiting += _parts(rest)
        else:
            place = step
            yield Step(place, is_link=False, rest=waiting)


def name_in(path: str, folder: str) -> str | None:
    """The name, relative to a folder, of an absolute path that links outside of it lead into it.

    None if none does. The links in the folder are not followed.
    """
    for place, is_link, rest in steps(path):
        if not is_link and rest[-1:] != [".."] and _is_same(place, folder):
            return "/".join(reversed(rest)) or "."
    return None


def _is_same(folder: str, other: str) -> bool:
    try:
        return os.path.samefile(folder, other)
    except OSError:
        return False


def _parts(path: str) -> list[str]:
    """The names in a path, the last first."""
    names = path.replace("/", os.sep).split(os.sep)
    return [name for name in reversed(names) if name not in ("", ".")]
