"""JSON as a tree of nodes, each with its exact span; faults have messages for people.

The parser does not recurse, so deep nesting does no harm. It is strict: RFC 8259, without the
unpaired surrogates that the grammar of RFC 8259 allows.
"""

import json
import re

from skill_lint.text.source import BYTE_ORDER_MARK, Span
from skill_lint.yaml.node import Node

MAX_DEPTH = 100

_BLANK = re.compile(r"[ \t\r\n]*")
_STRING = re.compile(r'"(?:[^"\\\x00-\x1f]|\\.)*"')
_CONTROL = re.compile(r'"(?:[^"\\\x00-\x1f]|\\.)*([\x00-\x1f])')
_WRONG_ESCAPE = re.compile(
    r'"(?:[^"\\]|\\["\\/bfnrt]|\\u[0-9a-fA-F]{4})*(\\(?!["\\/bfnrt]|u[0-9a-fA-F]{4}).)'
)
_NUMBER = re.compile(r"-?(?:0|[1-9][0-9]*)(?:\.[0-9]+)?(?:[eE][+-]?[0-9]+)?(?![\w.])")
_WORD = re.compile(r"[A-Za-z_]+")
_WORDS = {"true": True, "false": False, "null": None}
_CLOSING = {"mapping": "}", "sequence": "]"}
_HALF = re.compile("[\ud800-\udfff]")


class JsonFault(Exception):
    """The text is not JSON. `offset` is the place of the fault."""

    def __init__(self, message: str, offset: int) -> None:
        super().__init__(message)
        self.message, self.offset = message, offset


def parse(text: str) -> Node:
    """The tree of a JSON text. For a key that occurs twice, the last value wins, as in Python.

    Raises `JsonFault`.
    """
    return _Parser(text).parse()


class _Parser:
    def __init__(self, text: str) -> None:
        self.text, self.at = text, 0
        self.stack: list[Node] = []

    def parse(self) -> Node:
        if self.text.startswith(BYTE_ORDER_MARK):
            raise JsonFault("a byte order mark stands before the JSON", 0)
        self.skip()
        if self.at == len(self.text):
            raise JsonFault("the file is empty", 0)
        root = self.value()
        while self.stack:
            self.step()
        self.skip()
        if self.at < len(self.text):
            raise self.fault("text follows the end of the JSON")
        return root

    def skip(self) -> None:
        match = _BLANK.match(self.text, self.at)
        self.at = match.end() if match else self.at

    def peek(self) -> str:
        self.skip()
        if self.at == len(self.text):
            opened = self.stack[-1]
            message = f"`{self.text[opened.span.start]}` is never closed"
            raise JsonFault(message, opened.span.start)
        return self.text[self.at]

    def fault(self, message: str) -> JsonFault:
        if self.text.startswith(("//", "/*", "#"), self.at):
            message = "JSON has no comments"
        return JsonFault(message, self.at)

    def step(self) -> None:
        """Parse the next element of the innermost collection, or its end."""
        parent = self.stack[-1]
        closing, is_first = _CLOSING[parent.kind], not parent.items and not parent.pairs
        if self.peek() == closing:
            self.close(parent)
            return
        if not is_first:
            if self.peek() != ",":
                raise self.fault(f"a comma or `{closing}` is missing here")
            comma, self.at = self.at, self.at + 1
            if self.peek() == closing:
                raise JsonFault(f"a comma stands before the closing `{closing}`", comma)
        self.element(parent)

    def element(self, parent: Node) -> None:
        if parent.kind == "sequence":
            parent.items.append(self.value())
            return
        if self.peek() != '"':
            raise self.fault("a key in double quotes is expected here")
        key = self.string()
        if self.peek() != ":":
            raise self.fault("a colon is missing behind the key")
        self.at += 1
        self.peek()
        parent.pairs.append((key, self.value()))

    def close(self, node: Node) -> None:
        self.at += 1
        self.stack.pop()
        node.span = Span(node.span.start, self.at)
        node.raw = self.text[node.span.start : self.at]
        if node.kind == "sequence":
            node.value = [item.value for item in node.items]
        else:
            node.value = {key.value: value.value for key, value in node.pairs}

    def value(self) -> Node:
        char = self.text[self.at]
        if char in "{[":
            if len(self.stack) >= MAX_DEPTH:
                raise self.fault(f"values are nested more than {MAX_DEPTH} deep")
            node = Node("mapping" if char == "{" else "sequence", Span(self.at, self.at + 1))
            self.stack.append(node)
            self.at += 1
            return node
        return self.string() if char == '"' else self.number_or_word()

    def string(self) -> Node:
        match = _STRING.match(self.text, self.at)
        if match is None:
            control = _CONTROL.match(self.text, self.at)
            if control and control[1] not in "\r\n":
                message = f"the control character U+{ord(control[1]):04X} stands in a string"
                raise JsonFault(message, control.start(1))
            raise self.fault("the string that begins here is not closed on its line")
        if wrong := _WRONG_ESCAPE.match(match[0]):
            message = f"JSON does not know the escape `{wrong[1][:2]}`"
            raise JsonFault(message, self.at + wrong.start(1))
        value = json.loads(match[0])
        if half := _HALF.search(value):
            escape = match[0].lower().find(f"\\u{ord(half[0]):04x}")
            message = f"the string has half a character, U+{ord(half[0]):04X}"
            raise JsonFault(message, self.at + max(0, escape))
        return self.scalar(match.end(), value)

    def number_or_word(self) -> Node:
        if match := _NUMBER.match(self.text, self.at):
            try:
                return self.scalar(match.end(), json.loads(match[0]))
            except ValueError:
                raise self.fault("the number has too many digits") from None
        word = _WORD.match(self.text, self.at)
        if word and word[0] in _WORDS:
            return self.scalar(word.end(), _WORDS[word[0]])
        if word:
            raise self.fault(f"`{word[0][:40]}` is no JSON")
        if self.text[self.at] == "'":
            raise self.fault("strings are in double quotes in JSON")
        raise self.fault("a value is expected here")

    def scalar(self, end: int, value: object) -> Node:
        span = Span(self.at, end)
        self.at = end
        return Node("scalar", span, self.text[span.start : end], value)
