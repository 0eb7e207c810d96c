"""The folder in which inputs are tried: skills, and the home directory of a person."""

import os
import shutil
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from tempfile import mkdtemp

IN_MEMORY = "/dev/shm" if Path("/dev/shm").is_dir() else None  # noqa: S108 - nothing is secret
BROKEN = """---
name: {name}
description: Fills the fields of PDF forms. Use when a form has fields.
---

# PDF forms

See [the guide](references/{missing}.md), and [another](references/missing.md).
"""
V1 = """---
name: pdf-forms
description: Fills the fields of PDF forms. Use when a form has fields.
---

# PDF forms

Fill them.
"""
OWN_MODELS = """\
models:
  default: local
  registry:
    local: {model: small, base_url_default: "http://127.0.0.1:11434/v1"}
"""
_OURS = ("SKILL_LINT_", "OPENAI", "XDG_", "GITHUB_ACTIONS")


@contextmanager
def workshop() -> Iterator[Path]:
    """A new folder as the working directory, with skills in `here` and models in `home`."""
    top = Path(mkdtemp(prefix="outside-", dir=IN_MEMORY))
    try:
        for name in ("a", "b"):
            skill(top / "here" / name, name)
        own = top / "home" / ".config" / "skill-lint" / "models.yaml"
        own.parent.mkdir(parents=True)
        own.write_text(OWN_MODELS)
        own.chmod(0o600)
        with inside(str(top), {"HOME": str(top / "home")}):
            yield top
    finally:
        shutil.rmtree(top)


def skill(folder: Path, name: str, missing: str = "gone") -> None:
    folder.mkdir(parents=True, exist_ok=True)
    text = BROKEN.format(name=name, missing=missing)
    (folder / "SKILL.md").write_text(text, encoding="utf-8")


@contextmanager
def inside(folder: str, environ: Mapping[str, str]) -> Iterator[None]:
    """Another working directory, and an environment without what would decide about a run."""
    before, variables = Path.cwd(), dict(os.environ)
    for name in [each for each in variables if each.startswith(_OURS)]:
        del os.environ[name]
    os.environ.update(environ)
    os.chdir(folder)
    try:
        yield
    finally:
        os.chdir(before)
        os.environ.clear()
        os.environ.update(variables)
