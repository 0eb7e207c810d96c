"""Imports go down the floors of the house, as CONTRIBUTING.md draws them, and never in a circle.

Imports for types and those inside of functions count too. `skill_lint/__init__.py` does not: it is
the public face, and imports what it exports when it is asked for.
"""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

import skill_lint
from skill_lint.collection.cycles import components

PACKAGE = Path(skill_lint.__file__).parent
CONTRIBUTING = Path(__file__).parent.parent / "CONTRIBUTING.md"
MOST_AT_THE_TOP = 12

pytestmark = pytest.mark.skipif(not CONTRIBUTING.exists(), reason="not in a checkout")


def floors() -> dict[str, int]:
    """The floor of each room, from the table of CONTRIBUTING.md; 1 is the top."""
    rows = re.findall(r"^\| (\d+) \| ([^|]+) \|", CONTRIBUTING.read_text("utf-8"), re.MULTILINE)
    return {room: int(floor) for floor, rooms in rows for room in re.findall(r"`(\w+)`", rooms)}


def module_names() -> dict[str, Path]:
    paths = PACKAGE.rglob("*.py")
    return {_name(path): path for path in paths if path != PACKAGE / "__init__.py"}


def _name(path: Path) -> str:
    parts = path.relative_to(PACKAGE).with_suffix("").parts
    return ".".join(parts[:-1] if parts[-1] == "__init__" else parts)


def imports() -> dict[str, set[str]]:
    """The modules of this package that each module imports, anywhere in it."""
    known = module_names()
    return {name: set(_imported(path, known)) - {name} for name, path in known.items()}


def _imported(path: Path, known: dict[str, Path]) -> Iterator[str]:
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(node, ast.Import):
            names = [(each.name, "") for each in node.names]
        elif isinstance(node, ast.ImportFrom):
            names = [(node.module or "", each.name) for each in node.names]
        else:
            continue
        for module, name in names:
            whole = f"{module}.{name}".removeprefix("skill_lint.")
            own = module.removeprefix("skill_lint.")
            yield from [each for each in (whole, own) if each in known][:1]


def test_every_room_has_a_floor() -> None:
    rooms = {name.partition(".")[0] for name in module_names()}
    assert rooms == floors().keys()


def test_no_import_goes_up() -> None:
    floor = floors()
    wrong = [
        f"{importer} imports {imported}"
        for importer, modules in sorted(imports().items())
        for imported in sorted(modules)
        for here, there in [(importer.partition(".")[0], imported.partition(".")[0])]
        if here != there and floor[here] >= floor[there]
    ]
    assert wrong == []


def test_no_circle_of_imports() -> None:
    graph = {name: sorted(modules) for name, modules in imports().items()}
    assert list(components(graph)) == []


def test_the_private_rooms_of_markdown_and_yaml_stay_private() -> None:
    private = re.compile(r"markdown\.(?:fast|commonmark)\.|yaml\.(?:simple|full)$")
    wrong = [
        f"{importer} imports {imported}"
        for importer, modules in sorted(imports().items())
        for imported in sorted(modules)
        if private.match(imported) and importer.partition(".")[0] != imported.partition(".")[0]
    ]
    assert wrong == []


def test_the_top_has_few_modules() -> None:
    assert len(list(PACKAGE.glob("*.py"))) <= MOST_AT_THE_TOP


def test_the_sight_of_this_test_is_good() -> None:
    """It must see an import for types, one inside of a function, and one that goes up."""
    found = imports()
    assert "cache.database" in found["cache.session"]
    assert "edits.gate" in found["engine.fixes"]
    assert "diagnostic" in found["rule"]
