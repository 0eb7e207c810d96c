"""Builds the graph of some skills."""

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

from skill_lint.collection.allowed import AllowedPairs
from skill_lint.collection.collection import Collection
from skill_lint.collection.cycles import circle, components
from skill_lint.collection.facts import Facts, facts_of
from skill_lint.collection.names import owner
from skill_lint.collection.overlaps import overlaps
from skill_lint.config.config import Config
from skill_lint.graphs.graph import File, Kind, Likeness, Reached, Reference, SkillGraph, SkillNode
from skill_lint.rules.registry import load_rules
from skill_lint.skill.skill import Skill

_WORD = re.compile(r"(?<![A-Za-z0-9_])[A-Za-z0-9_]++(?:-[A-Za-z0-9_]++)+")
"""A name of several words, which counts as a mention anywhere in the prose. It is not searched for
inside of a word, because that would read a long word once for each of its letters."""
_CODE = re.compile(r"`/?(?:[\w-]+:)?(\w+)`")
"""A name of one word, which counts as a mention only in a code span."""
_TARGET = re.compile(r"\]\([^)\s]*+(\))?")
"""The target of a link. One without an end is matched too, to read it only once."""


class _Read(NamedTuple):
    """What the graph needs from one skill. `words` counts the possible mentions of skills."""

    facts: Facts
    files: tuple[File, ...]
    words: Counter[str]


def build(skills: Iterable[Skill], config: Config) -> SkillGraph:
    """The graph of some skills. They are read one after the other and not kept in memory."""
    read = sorted((_read(skill) for skill in skills), key=lambda each: each.facts.path)
    collection = Collection(
        [each.facts for each in read], frozenset(each.facts.path for each in read)
    )
    references = sorted(_references(collection, read))
    linked = {
        path for each in references if not each.missing for path in (each.source, each.target)
    }
    return SkillGraph(
        skills=[_node(each, collection.root(each.facts) or "") for each in read],
        references=references,
        overlaps=sorted(_overlaps(collection, config)),
        cycles=_cycles(references),
        orphans=[each.facts.path for each in read if each.facts.path not in linked],
    )


def _read(skill: Skill) -> _Read:
    text = _TARGET.sub(_untargeted, skill.document.outside_fences or skill.document.body)
    words = Counter(_WORD.findall(text)) + Counter(_CODE.findall(text))
    return _Read(facts_of(skill), tuple(_files(skill)), words)


def _untargeted(link: re.Match[str]) -> str:
    return "]" if link[1] else link[0]


def _files(skill: Skill) -> Iterator[File]:
    orphans, judged = set(skill.reach.orphans), set(skill.reach.judged)
    for name in sorted(skill.tree.files, key=lambda name: (name != skill.source.name, name)):
        links = skill.references[name].links if name in skill.references else ()
        inside = {link.path for link in links if link.found and link.path in skill.tree.files}
        reached: Reached = "by another file"
        if skill.reach.is_named(name) or name == skill.source.name:
            reached = "by SKILL.md"
        elif name in orphans:
            reached = "orphan"
        elif name not in judged:
            reached = "not judged"
        yield File(name, reached, tuple(sorted(inside - {name})))


def _node(read: _Read, root: str) -> SkillNode:
    facts = read.facts
    description = facts.description.text if facts.description else ""
    return SkillNode(facts.path, facts.shown_name, description, root, read.files)


def _references(collection: Collection, read: Sequence[_Read]) -> Iterator[Reference]:
    by_path = {each.path: each for each in collection.skills}
    by_name: dict[str, str] = {each.shown_name: each.path for each in reversed(collection.skills)}
    for each in read:
        facts, found = each.facts, Counter[tuple[str, Kind, bool]]()
        for link in facts.links:
            if (other := owner(by_path, link.path)) and other is not facts:
                found[other.path, "link", False] += 1
        for kind, names in (("dependency", facts.dependencies), ("see-also", facts.see_also)):
            for text in names:
                target = collection.names.find(text.text, facts)
                key = target.path if target else text.text.strip()
                found[
                    key, "dependency" if kind == "dependency" else "see-also", target is None
                ] += 1
        for word in each.words.keys() & by_name.keys():
            target = collection.names.find(word, facts)
            if target and target is not facts and target.shown_name != facts.shown_name:
                found[target.path, "mention", False] += each.words[word]
        for (key, kind_, missing), times in found.items():
            yield Reference(facts.path, key, kind_, times, missing)


def _overlaps(collection: Collection, config: Config) -> Iterator[Likeness]:
    rule = load_rules()["overlapping-description"]
    active = next((each.options for each in config.active if each.rule is rule), {})
    options = {**(getattr(rule.check, "__kwdefaults__", None) or {}), **active}
    allowed = AllowedPairs(options["allow"])
    for skills in collection.by_root(options["roots"]).values():
        listed = [each for each in skills if each.is_listed]
        for group in overlaps(listed, options["percent"] / 100, allowed.covers):
            for other in group.others:
                one, two = sorted((group.skill.path, other.skill.path))
                yield Likeness(one, two, round(other.score, 2), other.words)


def _cycles(references: Sequence[Reference]) -> list[list[str]]:
    graph: dict[str, list[str]] = {}
    for each in references:
        if each.kind == "dependency" and not each.missing:
            graph.setdefault(each.source, []).append(each.target)
    return sorted(circle(graph, each[0], each) for each in components(graph))
