"""Fuzz one target: `python -m tests.fuzz TARGET [--seconds N] [--keep FOLDER]`.

Needs `pip install -e '.[test,fuzz]'`. What makes the target fail is kept in FOLDER as `crash-…`,
and `python -m tests.fuzz TARGET --again FILE` runs it once more.
"""

import argparse
import hashlib
import importlib
import pkgutil
import shutil
import sys
import traceback
from collections.abc import Callable, Mapping
from pathlib import Path

HERE = Path(__file__).parent
LARGEST = 4_096
"""Bytes of an input: what is quadratic shows in benchmarks, what is wrong shows in little."""
SECONDS = 20
"""After which an input counts as a hang."""


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m tests.fuzz")
    parser.add_argument("target", choices=["frontmatter", "document", "fix"])
    parser.add_argument("--seconds", type=int, default=1_800)
    parser.add_argument("--keep", type=Path, default=Path(".fuzz"))
    parser.add_argument("--again", type=Path)
    options = parser.parse_args()
    if options.again:
        _targets()[options.target](options.again.read_bytes())
        return
    _fuzz(options.target, options.seconds, options.keep / options.target)


def _targets() -> Mapping[str, Callable[[bytes], None]]:
    from tests.fuzz.targets import TARGETS

    return TARGETS


def _fuzz(target: str, seconds: int, folder: Path) -> None:
    import atheris

    with atheris.instrument_imports(include=["skill_lint", "markdown_it"]):
        import skill_lint

        for module in pkgutil.walk_packages(skill_lint.__path__, "skill_lint."):
            importlib.import_module(module.name)
        call = _keeping(_targets()[target], folder)
    corpus = folder / "corpus"
    corpus.mkdir(parents=True, exist_ok=True)
    arguments = [
        f"-max_total_time={seconds}", f"-max_len={LARGEST}", f"-timeout={SECONDS}",
        "-rss_limit_mb=2048", f"-dict={HERE / 'words.dict'}", f"-artifact_prefix={folder}/",
        "-print_final_stats=1", str(corpus), str(_seeds(folder / "seeds")),
    ]  # fmt: skip
    atheris.Setup([sys.argv[0], *arguments], call)
    atheris.Fuzz()


def _keeping(call: Callable[[bytes], None], folder: Path) -> Callable[[bytes], None]:
    """The target, going on where it fails; the first input for each place of failure is kept."""
    places: set[str] = set()

    def caught(data: bytes) -> None:
        try:
            call(data)
        except Exception:
            lines = traceback.format_exc().splitlines()
            place = "\n".join(line for line in lines if line.startswith("  File "))
            if place not in places:
                places.add(place)
                name = f"crash-{hashlib.sha256(data).hexdigest()[:12]}"
                (folder / name).write_bytes(data)
                print(f"\n{name}: failure {len(places)}", *lines, sep="\n", flush=True)

    return caught


def _seeds(folder: Path) -> Path:
    """The seeds, and the SKILL.md of every fixture of the rules."""
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    fixtures = HERE.parent / "rules"
    files = [*sorted((HERE / "seeds").iterdir()), *sorted(fixtures.rglob("*.md"))]
    for number, file in enumerate(each for each in files if each.is_file()):
        if file.stat().st_size <= LARGEST:
            shutil.copyfile(file, folder / f"{number:04}")
    return folder


main()
