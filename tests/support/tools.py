"""What only some tests need: they are skipped without it, but in CI it must be there."""

import importlib
import os
import shutil
import sys
from pathlib import Path
from types import ModuleType
from typing import NoReturn

import pytest


def program(name: str) -> str:
    """A program of the extra `ci`, beside the Python of the tests."""
    path = shutil.which(name, path=str(Path(sys.executable).parent))
    return path or _missing(name, "ci")


def module(name: str, extra: str = "ci") -> ModuleType:
    """A library of an extra."""
    try:
        return importlib.import_module(name)
    except ImportError:
        _missing(name, extra)


def _missing(name: str, extra: str) -> NoReturn:
    reason = f"{name} is not installed: pip install -e '.[{extra}]'"
    if os.environ.get("CI"):
        pytest.fail(reason)
    pytest.skip(reason)
