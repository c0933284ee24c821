"""What the worker runs: after each message and once a minute."""

from outbox.delivery import send_due


def send_due_messages() -> int:
    """Send what is due, as much as fits into one task; the next task or the next minute goes on."""
    return send_due()
