"""A skill's files as they will be after edits that are not written yet."""

from collections.abc import Mapping
from typing import NamedTuple


class Draft(NamedTuple):
    """Edits of a skill's files. All names are POSIX paths relative to the skill's root.

    `texts` holds the bytes of new and changed files by their new name. `origins` holds the name on
    the disk of each renamed file, by its new name. `deleted` are the files and folders that will
    be gone, without the renamed ones.
    """

    texts: Mapping[str, bytes] = {}
    origins: Mapping[str, str] = {}
    deleted: frozenset[str] = frozenset()

    def on_disk(self, name: str) -> str:
        """The present name of a file on the disk."""
        return self.origins.get(name, name)

    @property
    def touched(self) -> frozenset[str]:
        """The present names of all files and folders that are written, moved or deleted."""
        return frozenset({*map(self.on_disk, self.texts), *self.origins.values(), *self.deleted})
