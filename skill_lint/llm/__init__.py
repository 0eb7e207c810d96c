"""Task-specific language models, and the step that asks them.

from skill_lint.llm import get_task_lm

lm = get_task_lm("skill_edit")
lm(messages=[{"role": "user", "content": "Hello"}])
"""

TYPE_CHECKING = False
if TYPE_CHECKING:
    from skill_lint.llm.models.client import Refused, Unanswered
    from skill_lint.llm.models.task_lm import (
        ModelResolver,
        TaskLM,
        configure_models,
        get_task_lm,
    )

__all__ = [
    "ModelResolver",
    "Refused",
    "TaskLM",
    "Unanswered",
    "configure_models",
    "get_task_lm",
]


def __getattr__(name: str) -> object:
    # Lazy import: what shows a prompt needs no client.
    if name not in __all__:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    from importlib import import_module

    home = "client" if name in ("Refused", "Unanswered") else "task_lm"
    found: object = getattr(import_module(f"{__name__}.models.{home}"), name)
    return found
