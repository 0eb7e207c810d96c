"""The files in which a step leaves its results for the runner."""

import uuid
from collections.abc import Mapping
from pathlib import Path


def write_outputs(environment: Mapping[str, str], outputs: Mapping[str, str]) -> None:
    """Write the outputs of a step. A value may contain anything."""
    with Path(environment["GITHUB_OUTPUT"]).open("a", encoding="utf-8", newline="\n") as stream:
        for name, value in outputs.items():
            # Random, so that no value can contain the end of its own block.
            end = f"end-{uuid.uuid4().hex}"
            stream.write(f"{name}<<{end}\n{value}\n{end}\n")
