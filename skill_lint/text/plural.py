"""Numbers with their noun."""


def count(number: int, noun: str) -> str:
    """`1 skill`, `2,000 skills`."""
    return f"{number:,} {noun}" if number == 1 else f"{number:,} {noun}s"
