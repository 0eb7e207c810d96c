"""The error that ends a run."""


class UsageError(Exception):
    """Wrong usage, or something that the run needs is missing; the message is for the user.

    `details` are further lines, such as what to write into a file.
    """

    def __init__(self, message: str, details: tuple[str, ...] = ()) -> None:
        super().__init__(message)
        self.details = details
