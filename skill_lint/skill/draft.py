"""A skill's files as they would be after changes that are not written yet."""

from collections.abc import Mapping
from typing import NamedTuple


class Draft(NamedTuple):
    """All names are POSIX and relative to the skill's root.

    `texts` holds the bytes of new and changed files by the name they will have; `origins` the
    name on the disk of each file that will have another; `deleted` files and folders that will be
    gone, those moved away not among them.
    """

    texts: Mapping[str, bytes] = {}
    origins: Mapping[str, str] = {}
    deleted: frozenset[str] = frozenset()

    def on_disk(self, name: str) -> str:
        """The name that a file has now."""
        return self.origins.get(name, name)
