"""Another name for a folder of a skill, in its files' paths and in all that names them."""

import re
from collections.abc import Iterator

from skill_lint.diagnostic import Edit, Fix, Move
from skill_lint.skill.skill import Skill
from skill_lint.skill.source import Source, Span

_PATH = r"[^\s`'\"()\[\]<>{},;:*|$!?#]*"


def rename_folder(skill: Skill, folder: str, to: str) -> Fix | None:
    """The fix that moves all files of `folder` to `to`; None where a file would be lost sight of.

    Markdown is rewritten: links, mentions, commands. Where code or data names the folder, no
    rewriting is certain, and there is no fix.
    """
    tree = skill.tree
    below = sorted(name for name in tree.files if name.startswith(f"{folder}/"))
    new = {name: f"{to}/{name.removeprefix(f'{folder}/')}" for name in below}
    folders = {name for name in tree.folders if name == folder or name.startswith(f"{folder}/")}
    special = {*tree.symlinks, *tree.nested}
    if any(tree.exists(path) for path in new.values()) or special & {*below, *folders}:
        return None
    edits: list[Edit] = []
    for name in sorted(tree.files):
        source = skill.read(name)
        if name in skill.markdown_files and source.problem is None:
            edits += _edits(skill, source, folder, to)
        elif re.search(rf"\b{re.escape(folder)}\b", source.text):
            return None
    moves = [Move(skill.path_of(old), skill.path_of(path)) for old, path in new.items()]
    moves += [Move(skill.path_of(name)) for name in sorted(folders, reverse=True)]
    return Fix(f"Move its files to `{to}/`", tuple(edits), tuple(moves), "unsafe")


def _edits(skill: Skill, source: Source, folder: str, to: str) -> Iterator[Edit]:
    """Each place of a file where the folder, or a path below it that exists, is named."""
    named = re.compile(
        rf"(?<![\w/.\\-])(?:\.{{1,2}}/|\$?\{{\w+\}}/)*({re.escape(folder)})/({_PATH})"
    )
    for match in named.finditer(source.text):
        path = match[2].rstrip("./")
        if not path or skill.tree.exists(f"{folder}/{path}"):
            yield source.edit(Span(*match.span(1)), to)
