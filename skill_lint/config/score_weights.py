"""How much each metric counts. Light, for the configuration reads it as well."""

import functools
import json
from pathlib import Path
from typing import Any

_FILE = Path(__file__).parent / "metrics.json"


@functools.cache
def data() -> dict[str, Any]:
    """The weights and multipliers, as `schemas/score.schema.json` describes them."""
    whole: dict[str, Any] = json.loads(_FILE.read_text(encoding="utf-8"))
    return whole
