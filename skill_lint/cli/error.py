"""The error that ends a run."""


class UsageError(Exception):
    """Wrong usage, or something that the run needs is missing; the message is for the user."""
