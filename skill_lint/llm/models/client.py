"""The client of the models: a small protocol, and its implementation on the `openai` SDK.

The SDK does the retries, with jitter and by the header Retry-After. This module adds a deadline
for a call with all its retries and a maximum size of the answer, and it follows no redirects.
Without the extra `llm`, which brings the SDK, everything but a call works.
"""

import asyncio
import json
import logging
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import AsyncExitStack
from typing import TYPE_CHECKING, Any, NamedTuple, Protocol

from skill_lint.llm.models.connection import connect
from skill_lint.llm.models.echo import repeats
from skill_lint.llm.models.last_look import held_back
from skill_lint.llm.models.registry import NO_MODEL, TaskModel
from skill_lint.llm.models.usage import tokens

if TYPE_CHECKING:
    import openai

for _name in ("openai", "httpx", "httpcore", "httpx2", "httpcore2"):
    # With OPENAI_LOG, they would print what an endpoint sends, and so a key that it repeats.
    logging.getLogger(_name).setLevel(logging.CRITICAL)

RETRIES = 2
MOST_BYTES = 2_000_000
"""Size of a response; the longest answer that is asked for has a tenth of it."""
_SDK_PARAMETERS = frozenset({"temperature", "max_tokens", "max_completion_tokens", "top_p", "seed"})


class Message(NamedTuple):
    """`role` is system, user or assistant."""

    role: str
    content: str


class Completion(NamedTuple):
    """An answer. `cut`: it ended because it reached the maximum of tokens."""

    text: str
    input_tokens: int
    output_tokens: int
    cut: bool = False


class Unanswered(Exception):
    """No answer came; the message says why. `for_all`: every question would fail in this way.

    `sent` is False if nothing has left this machine.
    """

    def __init__(self, message: str, *, for_all: bool = False, sent: bool = True) -> None:
        super().__init__(message)
        self.for_all = for_all
        self.sent = sent


class Refused(Exception):
    """The endpoint answers no question: the key is missing or wrong, or the model is unknown."""


class Completer(Protocol):
    """Answers messages. Raises `Unanswered` and `Refused`."""

    async def complete(self, model: TaskModel, messages: Sequence[Message]) -> Completion: ...


class OpenAICompleter:
    """Calls any endpoint with the API `/chat/completions`. API keys are read from `environ`."""

    def __init__(self, environ: Mapping[str, str]) -> None:
        self._environ = environ

    async def complete(self, model: TaskModel, messages: Sequence[Message]) -> Completion:
        # Lazy import: the SDK comes with the extra `llm`, and a prompt is shown without it.
        import openai

        key = api_key(model, self._environ)
        # The one place through which everything leaves.
        if reason := held_back(_told(model, messages), key):
            raise Unanswered(reason, sent=False)
        try:
            async with asyncio.timeout((RETRIES + 1) * model.timeout), AsyncExitStack() as stack:
                client = await stack.enter_async_context(connect(model, key, RETRIES))
                body = await _body(client, model, messages)
        except (TimeoutError, openai.APITimeoutError):
            raise Unanswered(f"{_at(model)} did not answer in time") from None
        except openai.APIStatusError as error:
            raise _error_of_status(error.status_code, model) from None
        except openai.APIConnectionError:
            raise Unanswered(f"{_at(model)} cannot be reached", for_all=True) from None
        completion = completion_of(body, model, messages)
        # The one place through which everything comes in, so nothing keeps or shows the key.
        if repeats(completion.text, key, "\n".join(_told(model, messages))):
            raise Unanswered(f"{_at(model)} repeats the API key in its answer, which was dropped")
        return completion


def _told(model: TaskModel, messages: Sequence[Message]) -> list[str]:
    """All texts of a request."""
    parameters = json.dumps(dict(model.parameters), ensure_ascii=False, default=str)
    return [*(each.content for each in messages), model.model, parameters]


def api_key(model: TaskModel, environ: Mapping[str, str]) -> str:
    """The API key of a model, "none" if it needs none.

    Raises `Refused`, with the name of the variable, if the variable is not set or holds no key.
    """
    if not model.base_url:
        raise Refused(NO_MODEL)
    if not model.key_variables:
        return "none"
    name = next((each for each in model.key_variables if each in environ), None)
    if name is None:
        names = " or ".join(f"`{name}`" for name in model.key_variables)
        raise Refused(f"no API key for the model `{model.key}`: set {names}")
    key = environ[name].strip()
    if not key:
        # Not the next variable: its key may be meant for somebody else.
        raise Refused(
            f"`{name}` is set but empty: give it the API key of the model `{model.key}`, or unset "
            "it"
        )
    if not key.isascii() or not key.isprintable():
        raise Refused(f"`{name}` holds no API key: it has odd characters")
    return key


async def _body(
    client: "openai.AsyncOpenAI", model: TaskModel, messages: Sequence[Message]
) -> bytes:
    given = model.parameters
    parameters: dict[str, Any] = {name: given[name] for name in _SDK_PARAMETERS & given.keys()}
    extra = {name: value for name, value in given.items() if name not in _SDK_PARAMETERS}
    sent: Any = [each._asdict() for each in messages]
    request = client.chat.completions.with_streaming_response.create(
        model=model.model, messages=sent, extra_body=extra or None, **parameters
    )
    body = b""
    async with request as response:
        try:
            async for chunk in response.iter_bytes():
                body += chunk
                if len(body) > MOST_BYTES:
                    raise Unanswered(f"{_at(model)} sends an answer over {MOST_BYTES:,} bytes")
        except (Unanswered, TimeoutError, asyncio.CancelledError):
            raise
        except Exception:  # An error of the HTTP library below the SDK: the connection broke off.
            raise Unanswered(f"{_at(model)} broke off in the middle of its answer") from None
    return body


def _error_of_status(status: int, model: TaskModel) -> Exception:
    if status in (401, 403):
        names = " or ".join(f"`{name}`" for name in model.key_variables)
        what = f"the API key in {names}" if names else "calls without an API key: name one in `env`"
        return Refused(f"{_at(model)} refuses {what} ({status})")
    if status == 404:
        return Refused(
            f"{_at(model)} does not know the model `{model.model}`, or the base URL is not its own "
            "(404)"
        )
    if status == 429:
        message = f"{_at(model)} gets too many requests (429), even after waiting"
        return Unanswered(message, for_all=True)
    if 300 <= status < 400:
        return Unanswered(f"{_at(model)} redirects to another address ({status})", for_all=True)
    if status == 400:
        return Unanswered(f"{_at(model)} rejects the request (400); check the model's parameters")
    return Unanswered(f"{_at(model)} answers with status {status}")


def _at(model: TaskModel) -> str:
    return f"`{model.shown_url}`"


def completion_of(body: bytes, model: TaskModel, messages: Sequence[Message]) -> Completion:
    """The answer in the body of a response. Raises `Unanswered` for anything else."""
    try:
        data = json.loads(body)
        choice = data["choices"][0]
        text = choice["message"]["content"]
    except (ValueError, LookupError, TypeError, RecursionError):
        text = choice = data = None
    if not isinstance(text, str):
        raise Unanswered(
            f"{_at(model)} answers with something that is no chat completion; base URLs often end "
            "in `/v1`"
        )
    sent = sum(len(each.content) for each in messages)
    usage = data.get("usage")
    try:
        told = tokens(usage, "prompt_tokens", sent)
        answered = tokens(usage, "completion_tokens", len(text))
    except ValueError as error:
        raise Unanswered(f"{_at(model)} gives an answer that cannot be used: {error}") from None
    return Completion(text, told, answered, choice.get("finish_reason") == "length")


def check_all(
    models: Sequence[TaskModel], environ: Mapping[str, str]
) -> Iterator[tuple[TaskModel, float | str]]:
    """Ask each model for a word. Yields the seconds that it took, or why no answer came."""
    completer = OpenAICompleter(environ)
    for model in models:
        start = time.monotonic()
        try:
            asyncio.run(completer.complete(model, [Message("user", "Answer with the word: yes")]))
        except (Unanswered, Refused) as error:
            yield model, str(error)
        else:
            yield model, time.monotonic() - start
