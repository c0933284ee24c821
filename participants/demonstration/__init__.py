"""People of the demonstration: invented and looking it, with reserved phones and mail at example.org."""

from participants.demonstration import invitations, registrations


def load() -> None:
    """Registrations, heads, invitations and answers of the demonstration are there; twice changes nothing."""
    registrations.load()
    invitations.load()


def remove() -> None:
    """Nothing of them is left."""
    invitations.remove()
    registrations.remove()
