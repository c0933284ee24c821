from core.exceptions import DomainError


class AddressRefused(DomainError):
    """What was given as the recipient is no e-mail address."""


class MoveRefused(DomainError):
    """The message is in a state in which this cannot be done with it."""
