"""What we say of data by a schema, ourselves, is what jsonschema says."""

from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from jsonschema import Draft202012Validator

from skill_lint.schema import SchemaError, load, validate

NAMES = ["agentskills-frontmatter", "config", "skill-frontmatter", "skill-metadata"]
SCALARS = st.one_of(
    st.none(), st.booleans(), st.integers(-3, 3), st.floats(), st.text("a-B _.1", max_size=70),
    st.sampled_from(["error", "lightweight", "1.0.0", "a-b", "x" * 1025]),
)  # fmt: skip


def data_for(name: str) -> st.SearchStrategy[Any]:
    keys = st.sampled_from([*load(name)["properties"], "unknown"])
    inner = st.recursive(SCALARS, lambda each: st.lists(each) | st.dictionaries(keys, each))
    return st.one_of(st.dictionaries(keys, inner, max_size=8), inner)


def by_jsonschema(name: str, data: Any) -> list[SchemaError]:
    errors = [
        SchemaError(
            tuple(each.absolute_path),
            each.validator,
            each.validator_value,
            each.instance,
            tuple(each.schema.get("properties", ())),
        )
        for each in Draft202012Validator(load(name)).iter_errors(data)
    ]
    return sorted(errors, key=lambda error: (str(error.path), error.keyword))


@pytest.mark.slow
@pytest.mark.parametrize("name", NAMES)
def test_same_errors(name: str) -> None:
    @given(data_for(name))
    @settings(max_examples=60, deadline=None)
    def same(data: Any) -> None:
        # What is no number is not equal to itself.
        assert repr(validate(name, data)) == repr(by_jsonschema(name, data))

    same()
