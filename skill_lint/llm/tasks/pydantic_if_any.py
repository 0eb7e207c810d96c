"""What the forms of answers take from pydantic, which the extra `llm` brings.

Without the extra, the forms are empty shells: `fix --llm --show-prompt` shows the questions, and no
answer is ever read.
"""

from typing import TYPE_CHECKING, Any

__all__ = [
    "AfterValidator",
    "BaseModel",
    "ConfigDict",
    "Field",
    "PydanticCustomError",
    "ValidationError",
]

if TYPE_CHECKING:
    from pydantic import AfterValidator, BaseModel, ConfigDict, Field, ValidationError
    from pydantic_core import PydanticCustomError
else:
    try:
        from pydantic import AfterValidator, BaseModel, ConfigDict, Field, ValidationError
        from pydantic_core import PydanticCustomError
    except ImportError:

        class BaseModel:
            """A form that reads nothing."""

        class ValidationError(Exception):
            """Never raised."""

        class PydanticCustomError(Exception):
            """Never raised."""

        def _nothing(*_: object, **__: object) -> Any:
            return None

        AfterValidator = ConfigDict = Field = _nothing
