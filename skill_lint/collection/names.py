"""The skill that is meant where one skill names another by id, name or path."""

from collections.abc import Iterable, Mapping, Sequence

from skill_lint.collection.facts import Facts
from skill_lint.skill.tree import LONGEST_PATH
from skill_lint.text.spelling import nearest

MOST_CALLED = 200
"""Skills of one name among which the nearest is searched for."""
DEEPEST = 50
"""Parts of an id or path at its end by which a skill is found; all ends of a long path, each a copy
of it, would fill the memory."""
MOST_GUESSES = 50
"""Guesses in one run, because comparing every word with every other is slow."""


class SkillNames:
    """The ids, names and paths of all skills. `_` and `-` are treated as equal."""

    def __init__(self, skills: Sequence[Facts], skipped: Iterable[str] = ()) -> None:
        self.by_name: dict[str, list[Facts]] = {}
        for skill in skills:
            for name in {*map(_normalised, skill.ids), *_tails(_normalised(skill.path))}:
                self.by_name.setdefault(name, []).append(skill)
        self.skipped = {tail for path in skipped for tail in _tails(_normalised(path))}
        self.guessed = 0

    def find(self, text: str, asker: Facts) -> Facts | None:
        """The skill that `asker` means by `text`: the nearest one, if several have that name."""
        found = self._called(text)[:MOST_CALLED]
        if not found:
            return None
        return min(found, key=lambda each: (-_shared_folders(each.path, asker.path), each.path))

    def knows(self, text: str) -> bool:
        """Whether a skill of this name exists, including skipped ones."""
        return bool(self._called(text)) or _normalised(text) in self.skipped

    def guess(self, text: str) -> str | None:
        """The id or name of the skill that `text` probably misspells, or None."""
        self.guessed += 1
        if self.guessed > MOST_GUESSES:
            return None
        # Many ids share their folders, so the last words are compared first.
        query = _normalised(text)
        last = nearest(query.rpartition("/")[2], {name.rpartition("/")[2] for name in self.by_name})
        alike = [name for name in self.by_name if last and name.rpartition("/")[2] == last]
        name = nearest(query, alike)
        if name is None:
            return None
        skill = self.by_name[name][0]
        return skill.skill_id.text if skill.skill_id else skill.shown_name

    def _called(self, text: str) -> list[Facts]:
        query = _normalised(text)
        if query in self.by_name:
            return self.by_name[query]
        # An id may begin with folders above the linted folder, so its ends are looked up too.
        tails = (tail for tail in _tails(query)[1:] if "/" in tail)
        return next((self.by_name[tail] for tail in tails if tail in self.by_name), [])


def _normalised(text: str) -> str:
    """A name in the form for comparison. For `plugin:skill` it is the skill."""
    return text.strip().strip("/").rpartition(":")[2].lower().replace("_", "-")


def _tails(path: str) -> list[str]:
    """A path and its ends: for `a/b/c`, itself, `b/c` and `c`."""
    parts = path.rsplit("/", DEEPEST)[-DEEPEST:]
    whole = [path] if path.count("/") >= DEEPEST else []
    return whole + ["/".join(parts[start:]) for start in range(len(parts))]


def _shared_folders(path: str, other: str) -> int:
    """How many folders two paths share, from the top."""
    pairs = list(zip(path.split("/"), other.split("/"), strict=False))
    return next((i for i, (one, two) in enumerate(pairs) if one != two), len(pairs))


def owner(by_path: Mapping[str, Facts], path: str) -> Facts | None:
    """The skill whose folder contains a path, or None.

    A skill in the working directory itself is excluded, because it would contain every path.
    """
    if len(path) > LONGEST_PATH:
        return None
    while path not in by_path or path == ".":
        path = path.rpartition("/")[0]
        if not path:
            return None
    return by_path[path]
