"""How much each metric of the score counts.

It is here and not in `scoring/`, because the configuration checks the names of the weights.
"""

import functools
import json
from pathlib import Path
from typing import Any

_FILE = Path(__file__).parent / "metrics.json"


@functools.cache
def data() -> dict[str, Any]:
    """`weights`, `essentials` and `multipliers`, in the form of `schemas/score.schema.json`."""
    whole: dict[str, Any] = json.loads(_FILE.read_text(encoding="utf-8"))
    return whole
