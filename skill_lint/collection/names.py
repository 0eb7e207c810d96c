"""Who is meant where one skill names another: by id, by name, or by path."""

from collections.abc import Iterable, Sequence

from skill_lint.collection.facts import Facts
from skill_lint.text.spelling import nearest

MOST_CALLED = 200
"""Skills of one name among which the nearest is looked for."""
MOST_GUESSES = 50
"""Guesses in one run: comparing every word with every other is slow."""


class SkillNames:
    """The ids, names and paths of all skills. How words are joined, `_` or `-`, does not count."""

    def __init__(self, skills: Sequence[Facts], skipped: Iterable[str] = ()) -> None:
        self.by_name: dict[str, list[Facts]] = {}
        for skill in skills:
            for name in {*map(_normalised, skill.ids), *_tails(_normalised(skill.path))}:
                self.by_name.setdefault(name, []).append(skill)
        self.skipped = {tail for path in skipped for tail in _tails(_normalised(path))}
        self.guessed = 0

    def find(self, text: str, asker: Facts) -> Facts | None:
        """The skill that `asker` means: of several that are called so, the nearest to it."""
        found = self._called(text)[:MOST_CALLED]
        if not found:
            return None
        return min(found, key=lambda each: (-_shared(each.path, asker.path), each.path))

    def knows(self, text: str) -> bool:
        """Whether there is such a skill, be it one that the run leaves out."""
        return bool(self._called(text)) or _normalised(text) in self.skipped

    def guess(self, text: str) -> str | None:
        """What the skill is called whose id or name a text is probably a misspelling of."""
        self.guessed += 1
        if self.guessed > MOST_GUESSES:
            return None
        # The folders of an id are often the same: the last word is what was meant.
        plain = _normalised(text)
        last = nearest(plain.rpartition("/")[2], {name.rpartition("/")[2] for name in self.by_name})
        alike = [name for name in self.by_name if last and name.rpartition("/")[2] == last]
        name = nearest(plain, alike)
        if name is None:
            return None
        skill = self.by_name[name][0]
        return skill.skill_id.text if skill.skill_id else skill.shown_name

    def _called(self, text: str) -> list[Facts]:
        plain = _normalised(text)
        if plain in self.by_name:
            return self.by_name[plain]
        # An id may begin further up than the folder that is being looked at.
        longer = (tail for tail in _tails(plain)[1:] if "/" in tail)
        return next((self.by_name[tail] for tail in longer if tail in self.by_name), [])


def _normalised(text: str) -> str:
    """A name as it is compared; of `plugin:skill` that is the skill."""
    return text.strip().strip("/").rpartition(":")[2].lower().replace("_", "-")


def _tails(path: str) -> list[str]:
    """A path and all its ends: of a/b/c, that and b/c and c."""
    parts = path.split("/")
    return ["/".join(parts[start:]) for start in range(len(parts))]


def _shared(path: str, other: str) -> int:
    """How many folders two paths have in common from the top."""
    pairs = list(zip(path.split("/"), other.split("/"), strict=False))
    return next((i for i, (one, two) in enumerate(pairs) if one != two), len(pairs))
