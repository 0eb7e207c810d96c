"""A run that cannot go on."""


class UsageError(Exception):
    """Wrong usage, or an environment that does not allow it; the message is for the person."""
