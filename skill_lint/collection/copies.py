"""Skills that are copies of each other, such as one skill in the folders of several clients."""

from collections.abc import Mapping

from skill_lint.collection.facts import Facts
from skill_lint.filesystem.status import digest_of


def likeness(facts: Facts) -> str:
    """A digest that is the same for copies of one skill; empty if its body is empty.

    It covers the body, the name and the description, and the names and sizes of all files. What
    else is in the files is not read again.
    """
    body, packed = facts.unrecorded_content
    if not body.digest:
        return ""
    texts = [said and said.text for said in (facts.name, facts.description)]
    return digest_of(repr((texts, body.digest, packed)).encode("utf-8", "surrogatepass"))


def copies(likenesses: Mapping[str, str]) -> dict[str, str]:
    """For each skill that is a copy of another, the path of that other one.

    `likenesses` are those of the skills, by path. The first of several copies by path counts as the
    original, but one in no hidden folder comes before those in the folders of clients.
    """
    originals: dict[str, str] = {}
    found: dict[str, str] = {}
    for path in sorted(likenesses, key=lambda each: (_is_hidden(each), each)):
        original = originals.setdefault(likenesses[path], path)
        if original != path and likenesses[path]:
            found[path] = original
    return found


def _is_hidden(path: str) -> bool:
    return any(part.strip(".") and part.startswith(".") for part in path.split("/"))
