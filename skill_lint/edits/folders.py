"""Rename a folder of a skill: move its files, and rewrite every text that names them."""

import re
from collections.abc import Iterator
from itertools import chain

from skill_lint.diagnostic import Edit, Fix, Move
from skill_lint.skill.metadata import FILE as METADATA_FILE
from skill_lint.skill.skill import Skill
from skill_lint.text.source import Source, Span

_PATH = r"[^\s`'\"()\[\]<>{},;:*|$!?#]*"


def obstacle(skill: Skill, folder: str, to: str) -> str | None:
    """Why the files of `folder` cannot be moved to `to` with certainty; None if they can."""
    return next(chain(_in_folder(skill, folder, to), _elsewhere(skill, folder)), None)


def _in_folder(skill: Skill, folder: str, to: str) -> Iterator[str]:
    tree, below = skill.tree, f"{folder}/"
    if to in tree.files or to in tree.symlinks:
        yield f"`{to}` is a file or a symbolic link; rename it"
    for name in sorted({*tree.symlinks, *tree.nested}):
        if name == folder or name.startswith(below):
            yield f"`{name}` is a symbolic link or a skill of its own; move it by hand"
    for name in sorted(name for name in tree.unsearched if name.startswith(below)):
        yield f"`{name}` lies in `{folder}/`; delete it first"
    for name in sorted(name for name in tree.files if name.startswith(below)):
        new = f"{to}/{name.removeprefix(below)}"
        if tree.exists(new):
            yield f"`{name}` and `{new}` are both there; rename one of them"


def _elsewhere(skill: Skill, folder: str) -> Iterator[str]:
    """References to the folder that cannot be rewritten with certainty."""
    tree = skill.tree
    for name, link in sorted(tree.symlinks.items()):
        if folder in link.target.split("/"):
            yield f"the symbolic link `{name}` leads to `{folder}/`; change it by hand"
    for name in sorted(tree.nested):
        yield f"`{name}` is a skill of its own, which may link to `{folder}/`; move it by hand"
    for reference in skill.links:
        if "%" in reference.written and reference.path.startswith(f"{folder}/"):
            yield f"the link `{reference.written}` has encoded characters; change it by hand"
    named = re.compile(rf"""(?<![\w-]){re.escape(folder)}(?=[/\\]|["'](?!\s*:))""")
    for name in sorted(tree.files - {METADATA_FILE, *skill.markdown_files}):
        if named.search(skill.read(name).text):
            yield f"`{name}` names the folder `{folder}/`; change it by hand"


def rename_folder(skill: Skill, folder: str, to: str) -> Fix | None:
    """The fix that moves all files of `folder` to `to`; None if there is an obstacle.

    Links, mentions and commands in Markdown are rewritten. If code or data names the folder, that
    is an obstacle, because no rewriting of it is certain.
    """
    if obstacle(skill, folder, to):
        return None
    tree = skill.tree
    below = sorted(name for name in tree.files if name.startswith(f"{folder}/"))
    new = {name: f"{to}/{name.removeprefix(f'{folder}/')}" for name in below}
    folders = {name for name in tree.folders if name == folder or name.startswith(f"{folder}/")}
    sources = [skill.read(name) for name in skill.markdown_files]
    edits = [
        edit
        for source in sources
        if source.problem is None
        for edit in _edits(skill, source, folder, to)
    ]
    moves = [Move(skill.path_of(old), skill.path_of(path)) for old, path in new.items()]
    moves += [Move(skill.path_of(name)) for name in sorted(folders, reverse=True)]
    return Fix(f"Move the files of `{folder}/` to `{to}/`", tuple(edits), tuple(moves), "unsafe")


def _edits(skill: Skill, source: Source, folder: str, to: str) -> Iterator[Edit]:
    """An edit for each place in a file that names the folder or an existing path below it."""
    if f"{folder}/" not in source.text:
        return
    named = re.compile(
        rf"(?<![\w/.\\-])(?:\.{{1,2}}/|\$?\{{\w+\}}/)*({re.escape(folder)})/({_PATH})"
    )
    for match in named.finditer(source.text):
        path = match[2].rstrip("./")
        # `../../resources/` leads out of the skill.
        levels = match[0].count("../")
        if levels > source.name.count("/"):
            continue
        if not path or skill.tree.exists(f"{folder}/{path}"):
            yield source.edit(Span(*match.span(1)), to)
