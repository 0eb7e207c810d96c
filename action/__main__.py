"""The steps of action.yml and review/action.yml: `python -I action STEP`.

The inputs are in the environment.

Python adds this folder to its path, and with `-I` nothing else: no working directory, no variable.
"""

import os
import sys

import install
import post
import run
from inputs import InputError

STEPS = {"install": install.main, "lint": run.main, "post": post.main}


def main(step: str) -> int:
    try:
        return STEPS[step](os.environ)
    except InputError as error:
        print(f"skill-lint: {error}", file=sys.stderr)
        return 2


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1]))
