"""What the tests of the model step share: skills, a scripted model, the command in a process."""

import json
import os
import subprocess
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path

from tests.support.model_server import Json, ModelServer

WEAK = """---
name: pdf-forms
description: Tools for filling the fields of PDF forms.
---

# PDF forms

## Steps

1. List the fields of the form, each with its type.
2. Fill them.

```bash
python scripts/fill.py form.pdf
```
"""
"""Four findings, each of which is for a model."""

GOOD: Mapping[str, Json] = {
    "description": {"description": "Fills the fields of PDF forms. Use when a form has fields."},
    "summary": {"summary": "Lists the fields of PDF forms and fills them."},
    "bullets": {"bullets": ["A form has fields", "A field stays empty", "A form comes back"]},
    "intro": {"intro": "Fill the fields of a form.", "blocks": [1]},
    "moves": {"moves": [{"section": 1, "slug": "details", "summary": "What each step does"}]},
}
"""A good answer for each question, by the first field that it asks for."""


def asked_for(request: Json) -> str:
    """The first field of the answer that a request asks for."""
    form: str = request["messages"][0]["content"].rpartition("\n")[2]
    return str(next(iter(json.loads(form))))


def good(request: Json) -> str:
    """A model that answers each question well."""
    return json.dumps(GOOD[asked_for(request)])


def own_file(folder: Path) -> Path:
    """The models file of the person who runs the command in a folder: it lies outside of it."""
    return folder.parent / f"{folder.name}-config" / "skill-lint" / "models.yaml"


def configure(folder: Path, server: ModelServer | str, extra: str = "") -> None:
    """Write the person's models file, with a model that leads to the server."""
    url = server if isinstance(server, str) else server.url
    write_own(
        folder,
        "models:\n  default: local\n  registry:\n    local:\n      model: scripted\n"
        f"      base_url_default: {url}\n      timeout: 5\n{extra}",
    )


def write_own(folder: Path, text: str) -> Path:
    """Write the person's models file, which nobody else can read."""
    file = own_file(folder)
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(text, encoding="utf-8")
    file.chmod(0o600)
    return file


def environment(folder: Path, **variables: str) -> dict[str, str]:
    """This process's environment without what would decide about models, and with a cache."""
    kept = {
        name: value
        for name, value in os.environ.items()
        if name not in ("CI", "GITHUB_ACTIONS")
        and not name.startswith(("SKILL_LINT_MODEL", "SKILL_LINT_TEMP", "OPENAI"))
    }
    own = {
        "XDG_CACHE_HOME": str(cache_of(folder)),
        "XDG_CONFIG_HOME": str(own_file(folder).parents[1]),
        "NO_PROXY": "127.0.0.1",
    }
    return {**kept, **own, **variables}


def cache_of(folder: Path) -> Path:
    """The cache of the person who runs the command in a folder: it lies outside of it."""
    return folder.parent / f"{folder.name}-cache"


def command(folder: Path, *words: str, **variables: str) -> "subprocess.CompletedProcess[str]":
    """Run `skill-lint` in a process of its own."""
    return subprocess.run(
        [sys.executable, "-m", "skill_lint", *words],
        cwd=folder, env=environment(folder, **variables), capture_output=True, text=True,
        check=False, timeout=1_800,
    )  # fmt: skip


def skill(folder: Path, text: str = WEAK, name: str = "pdf-forms") -> Path:
    """A skill below a folder."""
    root = folder / name
    (root / "scripts").mkdir(parents=True)
    (root / "scripts" / "fill.py").write_text("print('SCRIPT-TEXT')\n", encoding="utf-8")
    file = root / "SKILL.md"
    file.write_text(text.replace("pdf-forms", name), encoding="utf-8")
    return file


def long_skill(folder: Path) -> Path:
    details = "".join(
        f"Step {number} fills one field, and then looks at it.\n" for number in range(300)
    )
    code = '\n```python\nprint("a")\n```\n\n| a | b |\n|---|---|\n| 1 | 2 |\n'
    use = "## When to Use This Skill\n\n- A form has fields\n\n## Quick Start\n\nFill it.\n\n"
    text = WEAK.replace("Tools for", "Use when").replace(
        "## Steps", f"Fills forms.\n\n{use}## Steps"
    )
    return skill(
        folder, text + f"\n## Details\n\n{details}{code}\n### More\n\n{details}\n## End\n\nEnd.\n"
    )


def questions(requests: Sequence[Json]) -> list[str]:
    return [asked_for(each) for each in requests]
