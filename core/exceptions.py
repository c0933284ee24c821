"""The base of every refusal that people read."""

from django.utils.functional import Promise


class DomainError(Exception):
    """A rule of the field said no; `message` is the sentence that people read, in their language.

    Raised by services, caught once, in the view or the admin that called them.
    """

    def __init__(self, message: str | Promise) -> None:
        super().__init__(message)
        self.message = message

    def __str__(self) -> str:
        return str(self.message)
