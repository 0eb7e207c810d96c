"""`python -m skill_lint` and the `skill-lint` command."""

import gc
import os
import sys

if __name__ == "__main__" and sys.path[:1] == [os.getcwd()]:  # noqa: PTH109
    # Python puts the working directory first: a `yaml.py` of a skill would be imported from there.
    del sys.path[0]

from skill_lint.cli.main import main


def run() -> None:
    code = main()
    # The process ends, so that its garbage is no matter: to look for it takes as long as to lint.
    gc.freeze()
    raise SystemExit(code)


if __name__ == "__main__":
    run()
