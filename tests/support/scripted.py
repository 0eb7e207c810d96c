"""A model that answers well, made of the words that it is told: it invents nothing."""

import json
import re
from collections.abc import Sequence

from tests.support.model_server import Json, sent
from tests.support.models import asked_for

_PLAIN = re.compile(r"[^\W\d_]+(?:[ '-][^\W\d_]+)*")


def answer(request: Json) -> str:
    told, field = sent(request), asked_for(request)
    return json.dumps(_ANSWERS[field](told), ensure_ascii=False)


def _topics(told: Json) -> list[str]:
    """The plain parts of the headings, each once, the longest of each."""
    found: list[str] = []
    for heading in told.get("headings", ()):
        parts = _PLAIN.findall(heading.lstrip("# "))
        longest = max(parts, key=len, default="")[:80]
        if len(longest) > 4 and longest.lower() not in map(str.lower, found):
            found.append(longest)
    return found


def _subject(told: Json) -> str:
    words: Sequence[str] = _PLAIN.findall(told["name"].replace("-", " "))
    return " ".join(words) or "this skill"


def _description(told: Json) -> Json:
    topics = ", ".join(_topics(told)[:3]) or _subject(told)
    text = f"Guides work on {_subject(told)}: {topics}."
    return {"description": f"{text} Use when a task is about {_subject(told)}."}


def _bullets(told: Json) -> Json:
    topics = [*_topics(told), f"{_subject(told)} as such", f"the basics of {_subject(told)}"]
    lines = [f"The task is about {topic}" for topic in topics]
    more = [f"Somebody asks for help with {_subject(told)}", "The way to begin is not clear"]
    return {"bullets": (lines + more)[:3]}


def _summary(told: Json) -> Json:
    topics = ", ".join(_topics(told)[:3]) or "the main points"
    return {"summary": f"This skill covers {_subject(told)}: {topics}."}


def _intro(told: Json) -> Json:
    numbers = [each["block"] for each in told["blocks"][:1]]
    return {"intro": f"The shortest way into {_subject(told)}.", "blocks": numbers}


def _moves(told: Json) -> Json:
    """The largest sections, until enough lines and tokens are moved."""
    lines, tokens, moves = 0, 0, []
    for each in sorted(told["sections"], key=lambda each: -each["characters"]):
        if lines > told["at_least"]["lines"] and tokens > told["at_least"]["tokens"]:
            break
        lines += each["lines"] - 3
        tokens += each["tokens"] - 50
        topic = max(_PLAIN.findall(each["heading"]), key=len, default="details")[:60]
        slug = f"part-{each['section']}"
        moves.append(
            {"section": each["section"], "slug": slug, "summary": f"All there is about {topic}"}
        )
    return {"moves": moves}


_ANSWERS = {
    "description": _description,
    "bullets": _bullets,
    "summary": _summary,
    "intro": _intro,
    "moves": _moves,
}
