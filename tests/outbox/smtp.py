"""A real SMTP server in a thread, told by a test how to misbehave."""

import socket
from collections.abc import Callable
from dataclasses import dataclass, field
from email import message_from_bytes, policy
from email.message import EmailMessage

from aiosmtpd.controller import Controller


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


@dataclass
class MailServer:
    """Answers OK, or what the test put into `*_answers`; keeps what it answered 250 to."""

    port: int = field(default_factory=free_port)
    mail_answers: list[str] = field(default_factory=list)
    # By recipient: the answers to give before OK, one an attempt.
    recipient_answers: dict[str, list[str]] = field(default_factory=dict)
    data_answers: list[str] = field(default_factory=list)
    # How many times to take the message and hang up instead of answering.
    hang_up_after_data: int = 0
    hang_up_at_recipient: int = 0
    on_data: Callable[[], None] | None = None
    connections: int = 0
    # Every message that came whole, whatever was answered.
    seen: list[EmailMessage] = field(default_factory=list)
    accepted: list[EmailMessage] = field(default_factory=list)
    controller: Controller | None = None

    def start(self) -> None:
        self.controller = Controller(self, hostname="127.0.0.1", port=self.port)
        self.controller.start()
        self.connections = 0  # the controller knocks once to see whether the server is there

    def stop(self) -> None:
        if self.controller is not None:
            self.controller.stop()
            self.controller = None

    @property
    def recipients(self) -> list[str]:
        return [message["To"] for message in self.accepted]

    async def handle_EHLO(self, server, session, envelope, hostname, responses):  # noqa: N802
        self.connections += 1
        session.host_name = hostname
        return responses

    async def handle_MAIL(self, server, session, envelope, address, options):  # noqa: N802
        if self.mail_answers:
            return self.mail_answers.pop(0)
        envelope.mail_from = address
        return "250 OK"

    async def handle_RCPT(self, server, session, envelope, address, options):  # noqa: N802
        if self.hang_up_at_recipient:
            self.hang_up_at_recipient -= 1
            server.transport.abort()
        if answers := self.recipient_answers.get(address):
            return answers.pop(0)
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server, session, envelope):  # noqa: N802
        message = message_from_bytes(envelope.content, policy=policy.default)
        self.seen.append(message)
        if self.on_data is not None:
            self.on_data()
        if self.hang_up_after_data:
            self.hang_up_after_data -= 1
            server.transport.abort()
        elif self.data_answers:
            return self.data_answers.pop(0)
        else:
            self.accepted.append(message)
        return "250 OK"
