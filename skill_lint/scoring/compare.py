"""The scores of skills as they were at a git revision."""

import os
import tarfile
from collections.abc import Mapping, Sequence
from io import BytesIO
from pathlib import Path
from tempfile import TemporaryDirectory

from skill_lint.discovery.roots import SkillRoot
from skill_lint.filesystem import git
from skill_lint.filesystem.git import GitError
from skill_lint.scoring.score import score


def totals_at(
    revision: str, roots: Sequence[SkillRoot], weights: Mapping[str, float]
) -> dict[str, float]:
    """The totals of these skills at a revision, by path; a skill that was not there has none.

    Raises `GitError`.
    """
    first = roots[0].path
    top = Path(os.fsdecode(git.run(first, "rev-parse", "--show-toplevel")).strip())
    if revision.startswith("-"):
        raise GitError(f"`{revision}` is no revision")
    archive = git.run(top, "archive", "--format=tar", revision)
    totals: dict[str, float] = {}
    with TemporaryDirectory() as folder:
        with tarfile.open(fileobj=BytesIO(archive)) as tar:
            # A symbolic link may lead anywhere; what it leads to was never scored.
            wanted = [each for each in tar.getmembers() if each.isfile() or each.isdir()]
            tar.extractall(folder, wanted, filter="data")
        for root in roots:
            place = Path(folder) / Path(root.real).relative_to(top)
            skill = root._replace(path=place).open()
            if skill.skill_files:
                totals[root.shown] = score(skill, weights).total
    return totals
