"""Every case by its name."""

from collections.abc import Mapping

from tests.hostile import folders, json_files, texts, yaml_blocks
from tests.hostile.make import Case

GROUPS: Mapping[str, Mapping[str, Case]] = {
    "Bytes and Markdown": texts.CASES,
    "Frontmatter": yaml_blocks.CASES,
    "metadata.json": json_files.CASES,
    "Files and folders": folders.CASES,
}
CASES: Mapping[str, Case] = {
    name: each for group in GROUPS.values() for name, each in group.items()
}
