"""The fuzzer's targets hold for its seeds; what it once found is a case of tests/hostile."""

from pathlib import Path

import pytest

from tests.fuzz.targets import TARGETS

SEEDS = sorted(path for path in (Path(__file__).parent / "seeds").iterdir())


@pytest.mark.parametrize("target", TARGETS)
@pytest.mark.parametrize("seed", SEEDS, ids=lambda path: path.name)
def test_seed(target: str, seed: Path) -> None:
    TARGETS[target](seed.read_bytes())
