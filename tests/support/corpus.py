"""The real skills that the slower tests run on: 417 SKILL.md of 39 repositories, if present.

They are no part of the project: CI unpacks them from beside the checkout, and everybody else runs
the tests without. `SKILL_LINT_CORPUS` names the archive, or a folder it was unpacked to.
"""

import os
import tarfile
from pathlib import Path

import pytest

ARCHIVE = Path(__file__).parents[3] / "shared" / "corpus" / "skills-dev.tar.gz"


def unpacked(folder: Path) -> Path:
    """The folder with the corpus; skips the test where there is none."""
    place = Path(os.environ.get("SKILL_LINT_CORPUS", ARCHIVE))
    if place.is_dir():
        return place
    if not place.is_file():
        pytest.skip(f"no corpus of real skills at {place}; SKILL_LINT_CORPUS names another place")
    with tarfile.open(place) as archive:
        archive.extractall(folder, filter="data")
    return folder
