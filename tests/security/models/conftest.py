"""What the attacks on the model step share: the person's models file, and a weak skill."""

from pathlib import Path

import pytest

from tests.security.conftest import write

WEAK = """---
name: {name}
description: {description}
---

# PDF forms

{body}
"""
ONE = ("--select", "untriggered-description")
"""One finding, one question."""


@pytest.fixture
def models(home: Path) -> Path:
    """The path of the person's models file, outside of the checkout."""
    return home / "models.yaml"


def lead_to(models: Path, url: str) -> None:
    """Write a models file that leads to a server, with the key in `GATEWAY_KEY`."""
    models.write_text(
        "models:\n  default: local\n  registry:\n    local:\n      model: scripted\n"
        f"      base_url_default: {url}\n      timeout: 5\n      env: GATEWAY_KEY\n",
        encoding="utf-8",
    )
    models.chmod(0o600)


def weak(
    folder: Path, name: str, body: str = "", description: str = "Tools for PDF forms."
) -> Path:
    """A skill with one finding for a model."""
    text = WEAK.format(name=name, body=body, description=description)
    return write(folder, {f"{name}/SKILL.md": text}) / name
