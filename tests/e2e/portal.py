"""The portal as it is served: the real application over HTTP, built static files, the shipped register."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from django.conf import settings
from django.core.handlers.wsgi import WSGIHandler
from django.core.management import call_command
from django.db import connection
from django.test import override_settings
from django.test.testcases import LiveServerThread

BUILT = {
    **settings.STORAGES,
    "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"},
}


@contextmanager
def database_of_its_own() -> Iterator[None]:
    """A new database beside the one of the other tests, with what migrations and the shipped register put there.

    What the browser tests write is written for good, so it must be neither theirs nor, ever, a real one.
    """
    before, test = connection.settings_dict["NAME"], connection.settings_dict["TEST"]
    named = test["NAME"]
    test["NAME"] = f"{named or 'test_' + before.removeprefix('test_')}_e2e"
    connection.creation.create_test_db(verbosity=0, autoclobber=True, serialize=False)
    try:
        call_command("load_regions", write=True, verbosity=0)
        yield
    finally:
        connection.creation.destroy_test_db(before, verbosity=0)
        test["NAME"] = named


@contextmanager
def served(static_root: Path) -> Iterator[str]:
    """The portal at the address that is given, whitenoise and all, from files built into `static_root`."""
    with override_settings(STORAGES=BUILT, STATIC_ROOT=static_root, WHITENOISE_AUTOREFRESH=False):
        call_command("collectstatic", interactive=False, verbosity=0)
        # Whitenoise serves the files, as in production, and not Django's own handler of the live server.
        server = LiveServerThread("127.0.0.1", static_handler=lambda _handler: WSGIHandler())
        server.daemon = True
        server.start()
        server.is_ready.wait()
        if server.error:
            raise server.error
        address = f"http://127.0.0.1:{server.port}"
        with override_settings(SITE_URL=address):
            yield address
        server.terminate()
