"""`python -m skill_lint` and the `skill-lint` command."""

import gc
import os
import sys

try:
    _HERE = os.getcwd()  # noqa: PTH109
except FileNotFoundError:  # The working directory was deleted.
    _HERE = ""
if __name__ == "__main__" and sys.path[:1] == [_HERE]:
    # Python puts the working directory first: a `yaml.py` of a skill would be imported from there.
    del sys.path[0]

from skill_lint.cli.main import failed, main


def run() -> None:
    try:
        code = main()
    except Exception:
        code = failed()
    # Skip garbage collection at exit, because it can take as long as the lint.
    gc.freeze()
    raise SystemExit(code)


if __name__ == "__main__":
    run()
