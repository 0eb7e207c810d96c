"""Any YAML 1.1 as a tree, parsed by PyYAML.

The tree is built from PyYAML's events, which have positions. There is no recursion, so deep nesting
and many aliases do no harm. Source of the resolution rules: PyYAML's own resolver and constructor.
"""

from collections.abc import Callable
from typing import Any, Literal

import yaml

from skill_lint.limits import Limits
from skill_lint.text.source import Span
from skill_lint.yaml.node import Node, YamlFault, key_text

# libyaml is ten times as fast; it is missing from some builds of PyYAML.
LOADER: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
LONGEST = 60
"""Characters of a name shown in a message."""
LONGEST_NUMBER = 1_000
"""Characters of a number. The time to read base 60 (`1:59:59`) grows with the square of them."""

_TAG = "tag:yaml.org,2002:"
_COLLECTION_TAGS = {
    "sequence": (f"{_TAG}seq", f"{_TAG}omap", f"{_TAG}pairs"),
    "mapping": (f"{_TAG}map", f"{_TAG}set"),
}
_SCALAR_TAGS = {f"{_TAG}{name}" for name in ("null", "bool", "int", "float", "binary", "timestamp")}
_NUMBER_TAGS = (f"{_TAG}int", f"{_TAG}float")
_resolve: Callable[..., str] = yaml.resolver.Resolver().resolve
_CONSTRUCTOR = yaml.constructor.SafeConstructor()


def read_full(text: str, offset: int, limits: Limits) -> Node | None:
    """The tree of any YAML document; see `parse`. Raises `YamlFault`."""
    try:
        return _Builder(text, offset, limits).build()
    except yaml.MarkedYAMLError as error:
        raise _fault_of(error, offset) from None
    except yaml.reader.ReaderError as error:
        bad = next((i for i, c in enumerate(text) if not _printable(c)), 0)
        raise YamlFault(
            f"the control character U+{ord(text[bad]):04X} is not allowed", offset + bad
        ) from error


def _fault_of(error: yaml.MarkedYAMLError, offset: int) -> YamlFault:
    """PyYAML's error, at the place where the fault begins, not where PyYAML noticed it."""
    context, problem = error.context_mark, error.problem_mark
    lacks_colon = error.problem == "could not find expected ':'"
    unclosed = error.problem == "found unexpected end of stream"
    if context and problem and "flow" in (error.context or ""):
        unclosed = problem.line > context.line
    mark = context if lacks_colon or unclosed else problem or context
    at = offset + (mark.index if mark else 0)
    message = error.problem or str(error)
    return YamlFault(message, at, unclosed=unclosed, lacks_colon=lacks_colon)


def _printable(char: str) -> bool:
    return yaml.reader.Reader.NON_PRINTABLE.match(char) is None


class _Builder:
    def __init__(self, text: str, offset: int, limits: Limits) -> None:
        self.text, self.offset, self.limits = text, offset, limits
        self.root: Node | None = None
        self.stack: list[Node] = []
        self.anchors: dict[str, Node] = {}
        self.values = 0
        """Values so far. The loop ends early where there are too many even without aliases."""

    def build(self) -> Node | None:
        documents = 0
        for event in yaml.parse(self.text, Loader=LOADER):
            if isinstance(event, yaml.DocumentStartEvent):
                documents += 1
                if documents > 1:
                    raise self.fault("a second YAML document begins", event)
            elif isinstance(event, yaml.CollectionEndEvent):
                self.close(event)
            elif isinstance(event, yaml.NodeEvent):
                self.open(event)
        return self.root

    @property
    def awaits_key(self) -> bool:
        """Whether the next node is a key of the innermost mapping."""
        parent = self.stack[-1] if self.stack else None
        return parent is not None and parent.kind == "mapping" and parent.pending_key is None

    def fault(self, message: str, event: yaml.Event) -> YamlFault:
        return YamlFault(message, self.offset + _bounds(event)[0])

    def open(self, event: yaml.NodeEvent) -> None:
        self.values += 1
        if self.values > (most := self.limits.yaml_aliases):
            raise self.fault(f"there are more than {most:,} values", event)
        node = self.make(event)
        if isinstance(event, yaml.CollectionStartEvent):
            if len(self.stack) >= (most := self.limits.yaml_depth):
                raise self.fault(f"values are nested more than {most} deep", event)
            self.stack.append(node)
        else:
            self.attach(node)
        if event.anchor and not isinstance(event, yaml.AliasEvent):
            if event.anchor in self.anchors:
                raise self.fault(f"the anchor `&{_cut(event.anchor)}` is given twice", event)
            self.anchors[event.anchor] = node

    def make(self, event: yaml.NodeEvent) -> Node:
        start, end = _bounds(event)
        end = start + len(self.text[start:end].rstrip(" \t\r\n"))
        span = Span(self.offset + start, self.offset + end)
        raw = self.text[start:end]
        if isinstance(event, yaml.AliasEvent):
            return self.follow(event, span, raw)
        assert isinstance(event, yaml.ScalarEvent | yaml.CollectionStartEvent)
        tag = event.tag
        if isinstance(event, yaml.ScalarEvent):
            node = Node("scalar", span, raw, tag=tag, anchor=event.anchor, style=event.style)
            node.value = self.scalar(event)
            return node
        kind: Literal["sequence", "mapping"] = (
            "sequence" if isinstance(event, yaml.SequenceStartEvent) else "mapping"
        )
        if tag not in (None, "!", *_COLLECTION_TAGS[kind]):
            raise self.fault(f"no safe loader reads the tag `{_short(tag)}`", event)
        flow = bool(event.flow_style)
        value: Any = [] if kind == "sequence" else {}
        return Node(kind, span, raw, value, flow=flow, tag=tag, anchor=event.anchor)

    def follow(self, event: yaml.AliasEvent, span: Span, raw: str) -> Node:
        target = self.anchors.get(event.anchor or "")
        if target is None:
            message = f"the alias `*{_cut(event.anchor or '')}` names no anchor"
            raise YamlFault(message, span.start, alias=event.anchor)
        if target in self.stack:
            raise self.fault(f"the alias `*{_cut(event.anchor or '')}` contains itself", event)
        return Node(
            target.kind,
            span,
            raw,
            target.value,
            alias=event.anchor,
            items=target.items,
            pairs=target.pairs,
            size=target.size,
        )

    def scalar(self, event: yaml.ScalarEvent) -> Any:
        tag = event.tag
        if tag is None or tag == "!":
            tag = _resolve(yaml.ScalarNode, event.value, event.implicit)
        if tag == f"{_TAG}str" or (tag == f"{_TAG}merge" and self.awaits_key):
            return event.value
        if tag in (f"{_TAG}value", f"{_TAG}merge"):
            raise self.fault(f"no safe loader reads a plain `{event.value}` here", event)
        if tag not in _SCALAR_TAGS:
            raise self.fault(f"no safe loader reads the tag `{_short(tag)}`", event)
        try:
            if tag in _NUMBER_TAGS and len(event.value) > LONGEST_NUMBER:
                raise ValueError(event.value)
            return _CONSTRUCTOR.yaml_constructors[tag](
                _CONSTRUCTOR, yaml.ScalarNode(tag, event.value)
            )
        except (
            yaml.YAMLError, ArithmeticError, AttributeError, LookupError, TypeError, ValueError,
        ):  # fmt: skip
            kind = tag.removeprefix(_TAG)
            raise self.fault(f"`{_cut(event.value)}` is not a valid {kind}", event) from None

    def close(self, event: yaml.Event) -> None:
        node = self.stack.pop()
        parts = node.items + [part for pair in node.pairs for part in pair]
        end = self.offset + _bounds(event)[1]
        if not node.flow:
            # A block collection's end mark is after the blank lines and comments that follow it.
            end = max([part.span.end for part in parts], default=node.span.end)
        node.span = Span(node.span.start, end)
        node.raw = self.text[node.span.start - self.offset : end - self.offset]
        node.size = 1 + sum(part.size for part in parts)
        if node.size > (most := self.limits.yaml_aliases):
            what = "aliases expand to" if self.anchors else "there are"
            raise YamlFault(f"{what} more than {most:,} values", node.span.start)
        _merge(node)
        self.attach(node)

    def attach(self, node: Node) -> None:
        if not self.stack:
            self.root = node
            return
        parent = self.stack[-1]
        if parent.kind == "sequence":
            parent.items.append(node)
            parent.value.append(node.value)
        elif parent.pending_key is None:
            if node.kind != "scalar":
                raise YamlFault("a list or mapping cannot be a key", node.span.start)
            parent.pending_key = node
        else:
            parent.pairs.append((parent.pending_key, node))
            parent.value[key_text(parent.pending_key)] = node.value
            parent.pending_key = None


def _merge(node: Node) -> None:
    """Replace `<<` by the pairs of the mappings it names, after the mapping's own pairs.

    In a list of mappings, the first mapping with a key wins, as in PyYAML. Raises `YamlFault`.
    """
    merges = [pair for pair in node.pairs if pair[0].raw == "<<"]
    if not merges:
        return
    own = [pair for pair in node.pairs if pair[0].raw != "<<"]
    merged: dict[str, tuple[Node, Node]] = {}
    for key, value in merges:
        for part in value.items[::-1] if value.kind == "sequence" else [value]:
            if part.kind != "mapping":
                raise YamlFault("`<<` takes a mapping, or a list of mappings", key.span.start)
            merged |= {key_text(pair[0]): pair for pair in part.pairs}
    known = {key_text(key) for key, _ in own}
    node.value = {key_text(key): value.value for key, value in [*merged.values(), *own]}
    node.pairs = own + [pair for key, pair in merged.items() if key not in known]


def _cut(name: str) -> str:
    """A name, shortened if it is very long."""
    return name if len(name) <= LONGEST else f"{name[:LONGEST]}..."


def _short(tag: str | None) -> str:
    """A tag as authors write it, such as `!!python/object`."""
    return _cut((tag or "").replace(_TAG, "!!"))


def _bounds(event: yaml.Event) -> tuple[int, int]:
    assert event.start_mark is not None
    assert event.end_mark is not None
    return event.start_mark.index, event.end_mark.index
