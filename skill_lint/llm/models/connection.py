"""The connection to a model's endpoint: where a request goes, and which headers it has."""

from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

from skill_lint.llm.models.address import is_loopback
from skill_lint.llm.models.registry import TaskModel

if TYPE_CHECKING:
    import openai

_HEADERS = frozenset(
    {
        "accept", "accept-encoding", "authorization", "connection", "content-length",
        "content-type", "host", "user-agent",
    }
)  # fmt: skip
"""The headers that are sent, beside those of the SDK about itself: `x-stainless-*`."""


def connect(model: TaskModel, key: str, retries: int) -> "openai.AsyncOpenAI":
    """The SDK's client for a model, which sends to its address only, and only this key."""
    # Lazy import: the SDK comes with the extra `llm`.
    import openai

    async def only_ours(request: Any) -> None:
        """Take out what the SDK adds from variables of its own, such as OPENAI_CUSTOM_HEADERS."""
        for name in list(request.headers):
            if name not in _HEADERS and not name.startswith("x-stainless-"):
                del request.headers[name]
        request.headers["authorization"] = f"Bearer {key}"

    # A redirect would send the prompt to an address that nobody has allowed, and so would a proxy
    # on the way to this machine.
    http = openai.DefaultAsyncHttpxClient(
        follow_redirects=False,
        timeout=model.timeout,
        trust_env=not is_loopback(urlsplit(model.base_url)),
        event_hooks={"request": [only_ours]},
    )
    return openai.AsyncOpenAI(
        api_key=key,
        base_url=model.base_url,
        timeout=model.timeout,
        max_retries=retries,
        http_client=http,
    )
