"""The folders and files that inputs name. None lies behind a symbolic link of the checkout."""

import os
from collections.abc import Mapping
from pathlib import Path

import inputs
from inputs import InputError
from outside import workspace


def working_directory(environment: Mapping[str, str]) -> Path:
    """The folder that skill-lint runs in: the checkout, or the one in it that the input names."""
    place = Path(workspace(environment))
    given = inputs.text(environment, "working-directory")
    folder = Path(os.path.abspath(place / given))  # noqa: PTH100
    _refuse_links("working-directory", place, folder)
    if not folder.is_relative_to(os.path.abspath(place)) or not folder.is_dir():  # noqa: PTH100
        raise InputError("the input `working-directory` names no folder of the checkout")
    return folder


def checkout(environment: Mapping[str, str]) -> Path:
    """The folder with the files of git: the workspace, else the working directory.

    They differ where actions/checkout has an input `path`.
    """
    place = Path(workspace(environment))
    return place if (place / ".git").exists() else working_directory(environment)


def sarif_file(environment: Mapping[str, str]) -> str:
    """Where the SARIF file goes, relative to the workspace; empty for the folder of the step.

    Nothing of what is there is deleted: it may be a device, or the report of another job.
    """
    given = inputs.text(environment, "sarif-file")
    if not given:
        return ""
    # Without `..`, which leads elsewhere behind a link.
    name = os.path.normpath(given)
    place = workspace(environment)
    file = Path(os.path.abspath(Path(place, name)))  # noqa: PTH100
    _refuse_links("sarif-file", Path(place), file.parent)
    _refuse_links("sarif-file", Path(place), Path(os.path.realpath(file.parent), file.name))
    try:
        file.parent.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise InputError(f"the file of the input `sarif-file`: {error.strerror}") from None
    return name


def state(file: Path) -> tuple[int, ...] | None:
    """What differs once a file has been written; None if nothing is there.

    A pull request could commit a report, which must not be taken for the one of this run.
    """
    try:
        found = file.stat()
    except OSError:
        return None
    return found.st_dev, found.st_ino, found.st_size, found.st_mtime_ns, found.st_ctime_ns


def _refuse_links(name: str, place: Path, folder: Path) -> None:
    """Refuse a place in the checkout that a symbolic link of the checkout leads away from."""
    real = Path(os.path.realpath(place))
    for root in (Path(os.path.abspath(place)), real):  # noqa: PTH100
        if folder.is_relative_to(root):
            expected = real / folder.relative_to(root)
            if Path(os.path.realpath(folder)) != expected:
                raise InputError(
                    f"the input `{name}` leads through a symbolic link of the checkout; name a "
                    "folder without one, or leave the input empty"
                )
