"""Which files and folders of a skill a text names."""

import re
from bisect import bisect_left
from collections import Counter
from collections.abc import Collection, Iterable, Iterator
from typing import NamedTuple

from skill_lint.text.path_words import FEW_NEEDLES, lines_with, words_in

CODE = frozenset(
    ".py .sh .bash .js .mjs .cjs .ts .tsx .jsx .rb .pl .ps1 .go .rs .css .sql .r .lua .php .java "
    ".kt .cs .swift".split()
)
_ODD = re.compile(r"[^\w@+.%-]")
"""Characters of a file name that no word of a text has."""
DEEPEST = 50
"""Folders of a path that are compared: of a longer one the end of it."""
MOST_SOUGHT = 300_000_000
"""Characters through which names with blanks and signs are looked for; then they count as named."""


class MentionIndex:
    """The files and folders of a skill by the words that name them.

    A file is named by its path, or by the end of it if no other file ends so; code by its stem as
    well; any file by its folder, written with a slash or a wildcard behind it, or as a word in
    code. Case does not count: that a link has the wrong one is another rule's word.
    """

    def __init__(self, files: Iterable[str], folders: Iterable[str]) -> None:
        self.files, self.sought = sorted(files), 0
        self._by_word: dict[str, list[str]] = {}
        self._by_path: dict[str, list[str]] = {}
        self._by_folder: dict[str, list[str]] = {}
        self._by_part: dict[str, list[str]] = {}
        self._odd: dict[str, str] = {}
        shared = Counter(last_of(file).lower() for file in self.files)
        for file in self.files:
            self._add(file, shared)
        for folder in folders:
            for key in {folder.lower(), last_of(folder).lower()}:
                self._by_folder.setdefault(key, []).append(folder)

    def _add(self, file: str, shared: Counter[str]) -> None:
        path = file.lower()
        last = last_of(path)
        words = {path, *_tails(path)}
        if shared[last] == 1:
            words.add(last)
        if (stem := _sign_of(last)) != last:
            words.add(stem)
            self._by_part.setdefault(stem, []).append(file)
        for word in words:
            self._by_word.setdefault(word, []).append(file)
        self._by_path.setdefault(path, []).append(file)
        if _ODD.search(last):
            self._odd[file] = last

    def first_named(
        self, text: str, links: Collection[str], signs: Collection[str] | None, *, is_code: bool
    ) -> set[str]:
        """What a text in lower case, with links to these paths, is the first to name.

        Of `signs` each word has one that names what the caller wants to know of; None for all.
        """
        words = words_in(text if signs is None else lines_with(signs, text))
        paths = [word for word in words if "/" in word]
        folders = {word.strip("/") for word in paths if word.endswith("/")}
        parts = {part for word in words for part in re.split(r"[/.]", word)} if is_code else set()
        named = set(self._written_in(text))
        named.update(_taken(self._by_word, words.union(links)))
        named.update(_taken(self._by_path, {tail for path in paths for tail in _tails(path)}))
        named.update(_taken(self._by_part, parts))
        for folder in _taken(self._by_folder, folders | parts):
            named.add(folder)
            named.update(self._below(folder))
        return named

    def _below(self, folder: str) -> list[str]:
        # "0" is the character that follows the slash.
        first, after = (bisect_left(self.files, f"{folder}{sign}") for sign in "/0")
        return self.files[first:after]

    def _written_in(self, text: str) -> list[str]:
        """The files whose names are no words, and stand in the text."""
        found = []
        for file, last in self._odd.items():
            self.sought += len(text)
            if last in text or self.sought > MOST_SOUGHT:
                found.append(file)
        for file in found:
            del self._odd[file]
        return found


class NeedleSets(NamedTuple):
    """One of these is in each word of a text, or of code, that names one of some files."""

    text: Collection[str] | None
    code: Collection[str] | None

    @classmethod
    def of(cls, files: Collection[str], folders: Collection[str] = ()) -> "NeedleSets":
        """None where there are too many to look for them one by one."""
        if len(files) + len(folders) > FEW_NEEDLES:
            return cls(None, None)
        paths = [file.lower().rpartition("/") for file in files]
        above = {*(folder for folder, _, _ in paths), *map(str.lower, folders)}
        parts = {part for folder in above for part in folder.split("/") if part}
        names = {_sign_of(last) for _, _, last in paths}
        return cls(names | {f"{part}/" for part in parts}, names | parts)


def _taken(by_key: dict[str, list[str]], keys: Collection[str]) -> Iterator[str]:
    """What goes by these keys, which are looked up once and no more."""
    for key in by_key.keys() & keys:
        yield from by_key.pop(key)


def last_of(name: str) -> str:
    return name.rpartition("/")[2]


def suffix_of(name: str) -> str:
    """The ending of a file name, as `pathlib` sees it in ten times the time."""
    dot = name.rfind(".")
    return name[dot:] if 0 < dot < len(name) - 1 else ""


def _sign_of(last: str) -> str:
    """What a word must have to name a file: its name, or of code the stem of it."""
    suffix = suffix_of(last)
    return last.removesuffix(suffix) if suffix in CODE else last


def _tails(path: str) -> list[str]:
    """The ends of a path that still have a folder: of a/b/c.md, a/b/c.md and b/c.md."""
    parts = path.rsplit("/", DEEPEST)[-DEEPEST:]
    whole = [path] if path.count("/") >= DEEPEST else []
    return whole + ["/".join(parts[start:]) for start in range(len(parts) - 1)]
