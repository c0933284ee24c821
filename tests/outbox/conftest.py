import pytest
from django.contrib.auth import get_user_model

from tests.outbox.smtp import MailServer


@pytest.fixture
def mail_server(settings):
    """A running mail server; the portal is set to send over it."""
    server = MailServer()
    settings.EMAIL_IS_CONFIGURED = True
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", server.port
    settings.EMAIL_TIMEOUT = 5
    server.start()
    yield server
    server.stop()


@pytest.fixture
def staff(db):
    return get_user_model().objects.create_user("organiser", password="x", is_staff=True, language="ru")
