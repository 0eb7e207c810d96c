"""The reasons for which a proposal is rejected."""

from typing import NamedTuple

POINTS = {
    "malformed": 1,
    "unsafe-text": 1,
    "finding-remains": 2,
    "new-finding": 2,
    "not-fewer": 2,
    "more-severe": 2,
    "not-stable": 3,
    "code-changed": 4,
    "links-changed": 4,
    "headings-changed": 4,
    "tables-changed": 4,
    "keys-changed": 4,
    "outside-span": 5,
    "invented": 5,
    "secret": 5,
    "file-changed": 6,
    "judged": 0,
}
"""The point of the gate that each reason belongs to. 0 is the opinion of a second model."""


class Reason(NamedTuple):
    """`name` is a key of `POINTS`. `text` is for the person, and for the model's next attempt."""

    name: str
    text: str

    @property
    def point(self) -> int:
        return POINTS[self.name]

    def __str__(self) -> str:
        return f"{self.name}: {self.text}"
