"""Which files and folders of a skill a text mentions."""

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
"""A character that no word of `words_in` has. Names with one are searched as substrings."""
DEEPEST = 50
"""Parts of a path that are matched; of a longer path, the last parts and the whole path."""
MOST_SEARCHED = 300_000_000
"""Characters that are searched for names that match `_ODD`; then the rest count as mentioned."""


class MentionIndex:
    """The files and folders of a skill, by the words that mention them.

    Words that mention a file: its path; an ending of its path that has a folder; its name, if no
    other file has the same; for code, its stem. A folder mentions all its files if a slash or a
    wildcard follows it, or if it is a word in code. Case is ignored, because another rule reports
    links with the wrong case.
    """

    def __init__(self, files: Iterable[str], folders: Iterable[str]) -> None:
        self.files, self.searched = sorted(files), 0
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
        if (stem := _needle_of(last)) != last:
            words.add(stem)
            self._by_part.setdefault(stem, []).append(file)
        for word in words:
            self._by_word.setdefault(word, []).append(file)
        self._by_path.setdefault(path, []).append(file)
        if _ODD.search(last):
            self._odd[file] = last

    def new_mentions(
        self, text: str, links: Collection[str], needles: Collection[str] | None, *, is_code: bool
    ) -> set[str]:
        """Files and folders that `text` (lower-cased) mentions. Words of earlier texts are skipped.

        `links` are the paths of its links. `needles` are substrings, one of which a relevant
        mention must contain; None disables the prefilter.
        """
        words = words_in(text if needles is None else lines_with(needles, text))
        paths = [word for word in words if "/" in word]
        folders = {word.strip("/") for word in paths if word.endswith("/")}
        parts = {part for word in words for part in re.split(r"[/.]", word)} if is_code else set()
        mentioned = set(self._written_in(text))
        mentioned.update(_pop_all(self._by_word, words.union(links)))
        mentioned.update(_pop_all(self._by_path, {tail for path in paths for tail in _tails(path)}))
        mentioned.update(_pop_all(self._by_part, parts))
        for folder in _pop_all(self._by_folder, folders | parts):
            mentioned.add(folder)
            mentioned.update(self._below(folder))
        return mentioned

    def _below(self, folder: str) -> list[str]:
        # "0" is the character that follows the slash.
        first, after = (bisect_left(self.files, f"{folder}{bound}") for bound in "/0")
        return self.files[first:after]

    def _written_in(self, text: str) -> list[str]:
        """The files whose names are not words, and occur in the text."""
        found = []
        for file, last in self._odd.items():
            self.searched += len(text)
            if last in text or self.searched > MOST_SEARCHED:
                found.append(file)
        for file in found:
            del self._odd[file]
        return found


class NeedleSets(NamedTuple):
    """Substrings, one of which occurs in every mention of the wanted files: a cheap prefilter.

    `code` is for files of code, `text` for all others. None disables the prefilter.
    """

    text: Collection[str] | None
    code: Collection[str] | None

    @classmethod
    def of(cls, files: Collection[str], folders: Collection[str] = ()) -> "NeedleSets":
        """Both are None if there are too many needles to search for each."""
        if len(files) + len(folders) > FEW_NEEDLES:
            return cls(None, None)
        paths = [file.lower().rpartition("/") for file in files]
        above = {*(folder for folder, _, _ in paths), *map(str.lower, folders)}
        parts = {part for folder in above for part in folder.split("/") if part}
        names = {_needle_of(last) for _, _, last in paths}
        return cls(names | {f"{part}/" for part in parts}, names | parts)


def _pop_all(by_key: dict[str, list[str]], keys: Collection[str]) -> Iterator[str]:
    """The values of these keys, which are removed, because each key is needed only once."""
    for key in by_key.keys() & keys:
        yield from by_key.pop(key)


def last_of(name: str) -> str:
    return name.rpartition("/")[2]


def suffix_of(name: str) -> str:
    """The suffix of a file name, as in `pathlib`, which takes ten times as long."""
    dot = name.rfind(".")
    return name[dot:] if 0 < dot < len(name) - 1 else ""


def _needle_of(last: str) -> str:
    """The substring of every mention of a file: its name or, for code, its stem."""
    suffix = suffix_of(last)
    return last.removesuffix(suffix) if suffix in CODE else last


def _tails(path: str) -> list[str]:
    """The endings of a path that have a folder: for `a/b/c.md`, `a/b/c.md` and `b/c.md`."""
    parts = path.rsplit("/", DEEPEST)[-DEEPEST:]
    whole = [path] if path.count("/") >= DEEPEST else []
    return whole + ["/".join(parts[start:]) for start in range(len(parts) - 1)]
