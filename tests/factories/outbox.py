import factory

from outbox.models import Message, State


class MessageFactory(factory.django.DjangoModelFactory):
    """A message that waits to be sent."""

    class Meta:
        model = Message

    key = factory.Sequence(lambda number: f"registration:{number}:registered")
    about = factory.Sequence(lambda number: f"registration:{number}")
    recipient = factory.Sequence(lambda number: f"head{number}@example.org")
    language = "ky"
    subject = "Семинарга катталдыңыз"
    text = (
        "Урматтуу Гүлзаңгүл,\n\nОрунуңуз ырасталды.\n\nБаракты ачуу:\nhttps://portal.example.org/ky/registrations/x/\n"
    )
    html = "<p>Орунуңуз ырасталды.</p>"


class ByHandFactory(MessageFactory):
    """A message to somebody without e-mail."""

    recipient = ""
    state = State.BY_HAND
