"""What a run does not read although it saw it: skills that lead out, and configuration below."""

import os
from collections.abc import Iterator, Sequence
from pathlib import Path

from skill_lint.config import file as config_file
from skill_lint.config.config import Config
from skill_lint.config.search import is_part_of_skill
from skill_lint.discovery.roots import SkillRoot
from skill_lint.filesystem.paths import Root, upwards
from skill_lint.filesystem.recorder import Recorder
from skill_lint.report.report import Skipped
from skill_lint.report.skipped import named


def led_out(skill: SkillRoot) -> Skipped:
    """A skill whose SKILL.md leads out of the checkout, for lists of what was skipped."""
    return Skipped(skill.shown, "SKILL.md is a symbolic link out of the checkout")


def unread(files: Sequence[str], config: Config, root: Root, recorder: Recorder) -> Iterator[str]:
    """A note about the configuration files that were seen, and that are not those of the run."""
    read = {root.absolute_of(layer.path) for layer in config.layers if layer.path}
    others = {root.absolute_of(file) for file in (*files, *_in_skills_above(root, recorder))} - read
    # Whoever passes `--config` or `--isolated` knows of the file in the working directory.
    below = sorted(file for file in others if os.path.dirname(file) != root.absolute)  # noqa: PTH120
    found = [file for file in below if config_file.configures(Path(file), recorder)]
    if found:
        names = named(list(map(root.shown, found)))
        place = "below the working directory, or in a skill"
        yield f"configuration files {place}, are not read: {names}"


def _in_skills_above(root: Root, recorder: Recorder) -> Iterator[str]:
    """Where configuration above the working directory would be, if it is part of a skill."""
    for folder in upwards(root.absolute):
        files = [os.path.join(folder, name) for name in config_file.FILE_NAMES]  # noqa: PTH118
        # Of most folders above, nothing but these files is looked at.
        there = [each for each in files if recorder.is_file(each)]
        if there and is_part_of_skill(folder, root.absolute, recorder):
            yield from there
