"""Which files of a skill are named by others, so that an agent can get to them."""

import re
from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from functools import cached_property

from skill_lint.skill.references import References, words_in
from skill_lint.skill.source import Source
from skill_lint.skill.tree import PLACEHOLDERS, Tree

_TEXT = frozenset(".md .markdown .mdx .txt .json .jsonc .yaml .yml .toml .html .xml .csv".split())
_CODE = frozenset(
    ".py .sh .bash .js .mjs .cjs .ts .tsx .jsx .rb .pl .ps1 .go .rs .css .sql .r .lua .php .java "
    ".kt .cs .swift".split()
)
_ODD = re.compile(r"[^\w@+.%-]")
"""Characters of a file name that no word of a text has."""
_UNJUDGED_FOLDERS = frozenset({"tests", "test", "__tests__", "evals", "eval", "agents"})
"""For maintainers and other clients: nothing in SKILL.md need name what is in them."""
_UNJUDGED_FILES = re.compile(
    r"(?i)(?:(?:readme|license|licence|notice|changelog|contributing|copying)(?:\..*)?"
    r"|package(?:-lock)?\.json|requirements.*\.txt|pyproject\.toml|pubspec\.ya?ml|cargo\.toml|go\.mod|tsconfig.*\.json"
    r"|__init__\.py|py\.typed|.*\.lock|.*[._]test\..*|test_.*)"
)


DEEPEST = 50
"""Folders of a path that are compared: of a longer one the end of it."""
MOST_SOUGHT = 300_000_000
"""Characters through which names with blanks and signs are looked for; then they count as named."""


class Names:
    """What some texts name: paths and file names, folders, and the words of code.

    Case does not count: that a link has the wrong one is another rule's word.
    """

    def __init__(self, known: Iterable[str]) -> None:
        shared = Counter(name.rpartition("/")[2].lower() for name in known)
        self.ambiguous = {name for name, number in shared.items() if number > 1}
        self.sought = 0
        self.words: set[str] = set()
        self.paths: set[str] = set()
        self.folders: set[str] = set()
        self.code: set[str] = set()
        self.texts: list[str] = []
        self._seen: set[str] = set()
        self._new: set[str] = set()

    def read(self, text: str, words: set[str], *, is_code: bool) -> None:
        """Add the names in a text. A folder counts where nothing but a wildcard follows it."""
        paths = [word for word in words if "/" in word]
        folders = {word.strip("/") for word in paths if word.endswith("/")}
        tails = {tail for path in paths for tail in _tails(path)}
        code = {part for word in words for part in re.split(r"[/.]", word)} if is_code else set()
        self.words |= words
        self.folders |= folders
        self.paths |= tails
        self.code |= code
        self._new |= words | folders | tails | code
        self.texts.append(text)

    def fresh(self) -> set[str]:
        """What is named since this was asked last."""
        fresh, self._new = self._new - self._seen, set()
        self._seen |= fresh
        return fresh

    def link(self, path: str) -> None:
        """Add a path that a link leads to."""
        self.words.add(path.lower())
        self._new.add(path.lower())

    def says(self, name: str, since: int = 0) -> bool:
        """Whether one of the texts, from number `since` on, has a name in it that is no word."""
        for text in self.texts[since:]:
            self.sought += len(text)
            if name in text or self.sought > MOST_SOUGHT:
                return True
        return False

    def has_file(self, name: str) -> bool:
        """Whether a file is named: by its path, or by the end of it if no other file ends so."""
        name = name.lower()
        folder, _, last = name.rpartition("/")
        if name in self.words or name in self.paths or not self.words.isdisjoint(_tails(name)):
            return True
        if last in self.words and last not in self.ambiguous:
            return True
        suffix = _suffix(last)
        stem = last.removesuffix(suffix)
        if suffix in _CODE and (stem in self.words or stem in self.code):
            return True
        while folder:
            if self.has_folder(folder):
                return True
            folder = folder.rpartition("/")[0]
        return _ODD.search(last) is not None and self.says(last)

    def has_folder(self, name: str) -> bool:
        name = name.lower()
        last = name.rpartition("/")[2]
        return name in self.folders or last in self.folders or last in self.code


def _suffix(name: str) -> str:
    """The ending of a file name, as `pathlib` sees it in ten times the time."""
    dot = name.rfind(".")
    return name[dot:] if 0 < dot < len(name) - 1 else ""


def _tails(path: str) -> list[str]:
    """The ends of a path that still have a folder: of a/b/c.md, a/b/c.md and b/c.md."""
    parts = path.rsplit("/", DEEPEST)[-DEEPEST:]
    whole = [path] if path.count("/") >= DEEPEST else []
    return whole + ["/".join(parts[start:]) for start in range(len(parts) - 1)]


class Reach:
    """Follows names from SKILL.md: links, mentions, commands in fences, imports in scripts.

    A file counts as named by its path or its file name; code by its stem as well; any file by
    its folder, written with a slash or a wildcard behind it, or as a word in code.
    """

    def __init__(
        self,
        skill_file: str,
        tree: Tree,
        read: Callable[[str], Source],
        references: Mapping[str, References],
    ) -> None:
        self.skill_file, self.tree = skill_file, tree
        self.read, self.references = read, references
        self._texts: dict[str, tuple[str, set[str]]] = {}
        """Of each file that was read, the text in lower case and its words."""

    @cached_property
    def _by_skill_file(self) -> Names:
        names = Names(self.tree.files)
        self._read(names, self.skill_file)
        return names

    def is_named(self, name: str) -> bool:
        """Whether SKILL.md itself names a file."""
        return self._by_skill_file.has_file(name)

    def is_folder_named(self, name: str) -> bool:
        """Whether SKILL.md itself names a folder."""
        return self._by_skill_file.has_folder(name)

    @cached_property
    def orphans(self) -> list[str]:
        """The files in subdirectories that nothing leads to, sorted."""
        waiting, names, judged = set(self._below()), Names(self.tree.files), set(self.judged)
        reading = {self.skill_file}
        # Files beside SKILL.md are not judged, and what they name counts as named.
        beside = {name for name in self.tree.files if "/" not in name} - reading
        by_key = _by_key(waiting)
        odd = {name for name in waiting if _ODD.search(name.rpartition("/")[2])}
        while not waiting.isdisjoint(judged) and reading:
            before = len(names.texts)
            for name in sorted(reading):
                self._read(names, name)
            # Only what goes by a name that is new can be reached now.
            maybe = {each for key in names.fresh() & by_key.keys() for each in by_key[key]}
            reached = {name for name in waiting & maybe if names.has_file(name)}
            reached |= {
                name
                for name in (waiting & odd) - reached
                if names.says(name.rpartition("/")[2].lower(), before)
            }
            waiting -= reached
            # Often SKILL.md names everything, and no other file need be read.
            reading, beside = reached | beside, set()
        return sorted(waiting & judged)

    @cached_property
    def judged(self) -> list[str]:
        """The files in subdirectories that an agent would need to be sent to."""
        return sorted(filter(_is_judged, self._below()))

    def _below(self) -> list[str]:
        """The files in subdirectories that are not hidden."""
        return [
            name
            for name in self.tree.files
            if "/" in name and not any(part.startswith(".") for part in name.split("/"))
        ]

    def _read(self, names: Names, name: str) -> None:
        suffix = _suffix(name.rpartition("/")[2]).lower()
        if suffix not in _TEXT and suffix not in _CODE and name != self.skill_file:
            return
        if name not in self._texts:
            text = self.read(name).text.lower()
            self._texts[name] = text, words_in(text)
        names.read(*self._texts[name], is_code=suffix in _CODE)
        if name in self.references:
            for link in self.references[name].links:
                names.link(link.path)


def _by_key(files: Iterable[str]) -> dict[str, list[str]]:
    """The files by every name under which a text may name them."""
    by_key: dict[str, list[str]] = {}
    for file in files:
        path = file.lower()
        folder, _, last = path.rpartition("/")
        keys = {path, last, last.removesuffix(_suffix(last)), *_tails(path)}
        while folder:
            above, _, name = folder.rpartition("/")
            keys |= {folder, name}
            folder = above
        for key in keys:
            by_key.setdefault(key, []).append(file)
    return by_key


def _is_judged(name: str) -> bool:
    parts = name.split("/")
    if parts[-1] in PLACEHOLDERS or _UNJUDGED_FILES.fullmatch(parts[-1]):
        return False
    return _UNJUDGED_FOLDERS.isdisjoint(parts)
