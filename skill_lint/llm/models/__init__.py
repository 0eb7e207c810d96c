"""The models: which model does which task, the client that calls it, and what a run may spend."""

TYPE_CHECKING = False
if TYPE_CHECKING:
    from skill_lint.llm.models.task_lm import get_task_lm

__all__ = ["get_task_lm"]


def __getattr__(name: str) -> object:
    # Lazy import: the client needs the extra `llm`.
    if name != "get_task_lm":
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    from skill_lint.llm.models.task_lm import get_task_lm

    return get_task_lm
