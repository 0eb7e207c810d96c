"""Adding a rule takes one rule file and one fixture folder, and nothing else."""

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

import skill_lint
from tests.new_rule import create


@pytest.mark.smoke
def test_a_new_rule_is_found_listed_and_run(tmp_path: Path) -> None:
    shutil.copytree(Path(skill_lint.__file__).parent, tmp_path / "skill_lint")
    schemas = Path(__file__).parents[2] / "schemas"
    if schemas.is_dir():
        shutil.copytree(schemas, tmp_path / "schemas")
    files = create(tmp_path, "sections", "no-such-thing")
    assert {path.relative_to(tmp_path).parts[:2] for path in files} == {
        ("skill_lint", "rules"),
        ("tests", "rules"),
    }
    rules = json.loads(run(tmp_path, "skill_lint", "rules", "--output-format", "json"))
    assert "no-such-thing" in [rule["name"] for rule in rules]
    fixtures = tmp_path / "tests" / "rules" / "no-such-thing"
    said = ("tests.support.check", "no-such-thing", "--isolated", "--select", "no-such-thing")
    fires = fixtures / "heading-says-so"
    assert run(fires, *said) == (fires / "expected.txt").read_text(encoding="utf-8")
    assert run(fixtures / "heading-says-else", *said) == ""


def run(folder: Path, module: str, *words: str) -> str:
    root = next(parent for parent in (folder, *folder.parents) if (parent / "skill_lint").is_dir())
    # The copy of skill_lint comes first, then the tests that are here.
    paths = os.pathsep.join([str(root), str(Path(__file__).parents[2])])
    environment = {**os.environ, "PYTHONPATH": paths}
    command = [sys.executable, "-m", module, *words]
    done = subprocess.run(command, cwd=folder, env=environment, capture_output=True, text=True, check=False)  # fmt: skip # noqa: E501
    assert not done.stderr
    return done.stdout
