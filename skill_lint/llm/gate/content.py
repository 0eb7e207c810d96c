"""The content that a change must keep: code blocks, links, headings, tables, other keys."""

from collections import Counter
from collections.abc import Iterator, Sequence

from skill_lint.llm.tasks.reason import Reason
from skill_lint.llm.tasks.task import Change
from skill_lint.markdown.document import Document
from skill_lint.skill.skill import Skill


def changed(before: Skill, after: Skill, change: Change) -> Iterator[Reason]:
    """The content that differs after a change, except the content that the change itself adds."""
    old = [before.document]
    new = [after.document, *(after.document_of(name) for name, _ in change.files)]
    if _codes(new) != _codes(old) + Counter(change.blocks):
        yield Reason("code-changed", "a code block would change")
    yield from _changed_links(before, after, change)
    yield from _changed_headings(before.document, new, change)
    lines = Counter(line for code in change.blocks for line in _rows(code))
    if _tables(new) != _tables(old) + lines or _row_count(new) != _row_count(old):
        yield Reason("tables-changed", "a row of a table would change")
    if _keys(before) != _keys(after):
        yield Reason("keys-changed", "another key of the frontmatter would change")


def _codes(documents: Sequence[Document]) -> Counter[str]:
    return Counter(
        document.source.slice(fence.span) for document in documents for fence in document.fences
    )


def _changed_links(before: Skill, after: Skill, change: Change) -> Iterator[Reason]:
    names = [name for name, _ in change.files]
    documents = [after.document, *map(after.document_of, names)]
    new = Counter(link.target for document in documents for link in document.links)
    old = Counter(link.target for link in before.document.links)
    if new != old + Counter(names):
        yield Reason("links-changed", "a link would be added, lost or lead elsewhere")
    for name in names:
        if name not in after.tree.files or name in before.tree.files:
            yield Reason("links-changed", f"the link to `{name}` would lead to no new file")


def _changed_headings(
    before: Document, documents: Sequence[Document], change: Change
) -> Iterator[Reason]:
    old = [(heading.level, heading.text) for heading in before.headings]
    new = [(heading.level, heading.text) for heading in documents[0].headings]
    moved = [
        [(heading.level, heading.text) for heading in document.headings]
        for document in documents[1:]
    ]
    written = Counter((2, text) for text in change.headings)
    kept = Counter(each[0] for each in moved if each)
    everything = Counter(new) + Counter(heading for each in moved for heading in each)
    rest = [heading for heading in new if not written[heading]]
    if everything != Counter(old) + written + kept or not _in_order(rest, old):
        yield Reason("headings-changed", "a heading would be added, lost or moved")


def _in_order(part: Sequence[tuple[int, str]], whole: Sequence[tuple[int, str]]) -> bool:
    rest = iter(whole)
    return all(each in rest for each in part)


def _tables(documents: Sequence[Document]) -> Counter[str]:
    return Counter(line for document in documents for line in _rows(document.body))


def _rows(text: str) -> list[str]:
    return [line.strip() for line in text.splitlines() if "|" in line]


def _row_count(documents: Sequence[Document]) -> int:
    return sum(document.table_rows for document in documents)


def _keys(skill: Skill) -> list[tuple[str, str]]:
    return [
        (entry.key, repr(entry.value))
        for entry in skill.frontmatter.entries
        if entry.key != "description"
    ]
