"""The migration of a v1 skill to v2, in steps. Each step is a fix of what the step before left.

It is deterministic and adds no words of its own. Nothing is written here.
"""

from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass

from skill_lint.diagnostic import Fix, Move
from skill_lint.edits.apply import apply
from skill_lint.edits.folders import obstacle, rename_folder
from skill_lint.migration import fields, judge, sections
from skill_lint.skill.frontmatter import Frontmatter
from skill_lint.skill.layout import SUCCESSORS
from skill_lint.skill.metadata import FILE, MetadataFile
from skill_lint.skill.skill import Skill
from skill_lint.skill.v1_homes import homeless
from skill_lint.text.source import BYTE_ORDER_MARK

Step = Callable[[Skill], Fix | None]


class Stop(Exception):
    """The skill cannot be migrated; the message says what must be done first."""


@dataclass(frozen=True)
class Plan:
    """A skill before and after its migration, with the titles of the steps that were `done`.

    `kept` maps each field of metadata.json that keeps the file to the reason.
    """

    before: Skill
    after: Skill
    done: tuple[str, ...]
    kept: dict[str, str]


def plan(skill: Skill, *, keep_metadata: bool = False) -> Plan:
    """The migration of a v1 skill. Raises `Stop`."""
    if reason := _obstacle(skill):
        raise Stop(reason)
    after, done = _stepped(skill, keep_metadata=keep_metadata)
    if done and (reason := judge.harm(skill, after)):
        raise Stop(reason)
    if done and _stepped(after, keep_metadata=keep_metadata)[1]:
        raise Stop("a second run would change it again; look at the end of SKILL.md")
    kept = homeless(after) if FILE in after.tree.files else {}
    return Plan(skill, after, tuple(done), kept)


def _stepped(skill: Skill, *, keep_metadata: bool) -> tuple[Skill, list[str]]:
    """The skill after all steps, and the titles of the steps that changed it."""
    steps: list[Step] = [fields.write, sections.write, *map(_moving, SUCCESSORS)]
    steps += [] if keep_metadata else [_deletion]
    after, done = skill, list[str]()
    for step in (*steps, fields.tidy):
        fix = step(after)
        if fix is not None:
            after = skill.with_draft(apply(after, [fix]))
            done.append(fix.title)
    return after, done


def _obstacle(skill: Skill) -> str | None:
    """Why the skill cannot be migrated as it is, or None."""
    metadata = skill.metadata
    if metadata.file.fault is not None:
        return f"metadata.json is no JSON: {metadata.file.fault.message}"
    if metadata.file.is_of_v1 and (reason := _of_file(metadata.file)):
        return reason
    if FILE in skill.tree.symlinks:
        return "metadata.json is a symbolic link; replace it by a file"
    if not skill.skill_files or skill.source.problem is not None:
        return "there is no SKILL.md that can be read"
    if reason := _of_frontmatter(skill.frontmatter):
        return reason
    if any(not fence.closed for fence in skill.document.fences):
        return "a code fence in SKILL.md is never closed; close it first"
    for folder, to in SUCCESSORS.items():
        if skill.tree.files_below(folder) and (reason := obstacle(skill, folder, to)):
            return reason
    return None


def _of_file(file: MetadataFile) -> str | None:
    if file.root is not None and file.root.kind != "mapping":
        return "metadata.json is no object"
    nodes = file.root.walk() if file.root is not None else iter(())
    for node in filter(lambda each: each.pairs, nodes):
        keys = Counter(str(key.value) for key, _ in node.pairs)
        if again := [key for key, number in keys.items() if number > 1]:
            return f"`{again[0]}` occurs twice in metadata.json"
    return None


def _of_frontmatter(frontmatter: Frontmatter) -> str | None:
    block, inner = frontmatter.block, frontmatter.get("metadata")
    if block is None:
        text = frontmatter.source.text.lstrip(f"{BYTE_ORDER_MARK} \t\r\n")
        is_late = text.startswith("---") or frontmatter.source.text.startswith(BYTE_ORDER_MARK)
        return "the frontmatter does not stand at the beginning of SKILL.md" if is_late else None
    if frontmatter.fault is not None or block.unclosed:
        return "the frontmatter is not valid YAML; fix it first"
    if frontmatter.is_late:
        return "the frontmatter does not stand at the beginning of SKILL.md; fix it first"
    if frontmatter.root is not None and frontmatter.root.kind != "mapping":
        return "the frontmatter is no mapping of keys to values"
    if inner is not None and inner.value is not None and not isinstance(inner.value, dict):
        return "the frontmatter's `metadata` is no mapping"
    nodes = list(frontmatter.root.walk()) if frontmatter.root is not None else []
    if any(node.anchor or node.alias or node.raw == "<<" for node in nodes):
        return "the frontmatter has anchors or aliases; write them out first"
    if frontmatter.root is not None and frontmatter.root.flow:
        return "the frontmatter stands in brackets; write one key a line first"
    return None


def _moving(folder: str) -> Step:
    def step(skill: Skill) -> Fix | None:
        if not skill.tree.files_below(folder):
            return None
        # An earlier step may have moved a file of the same name to the same folder.
        if reason := obstacle(skill, folder, SUCCESSORS[folder]):
            raise Stop(reason)
        fix = rename_folder(skill, folder, SUCCESSORS[folder])
        return fix and fix._replace(title=f"moved `{folder}/` to `{SUCCESSORS[folder]}/`")

    return step


def _deletion(skill: Skill) -> Fix | None:
    if FILE not in skill.tree.files or homeless(skill):
        return None
    return Fix("deleted metadata.json", moves=(Move(skill.path_of(FILE)),))
