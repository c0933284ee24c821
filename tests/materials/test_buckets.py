"""S3-style storage, spoken to over HTTP as a real one is: files are kept, sent in parts, and its faults are told."""

import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import unquote, urlsplit

import pytest

from materials import services, storing
from materials.exceptions import NoRoomForFiles
from materials.inspection import inspect
from materials.models import File, Language
from tests.factories.accounts import StaffFactory
from tests.factories.materials import EditionFactory
from tests.materials import samples

pytestmark = pytest.mark.django_db


class FakeBucket(BaseHTTPRequestHandler):
    """As much of S3 as one bucket needs; `server.is_broken` answers 500."""

    protocol_version = "HTTP/1.1"

    @property
    def key(self):
        return unquote(urlsplit(self.path).path)

    def answer(self, status, body=b"", **headers):
        self.send_response(status)
        for name, value in headers.items():
            self.send_header(name.replace("_", "-"), value)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        if self.command != "HEAD":
            self.wfile.write(body)

    def do_PUT(self):
        if self.headers.get("Expect") == "100-continue":
            self.send_response_only(100)
            self.end_headers()
        body = self.rfile.read(int(self.headers["Content-Length"]))
        if self.server.is_broken:
            self.answer(400, b"<Error><Code>QuotaExceeded</Code></Error>")
            return
        self.server.objects[self.key] = body
        self.answer(200, ETag='"x"')

    def do_GET(self):
        if self.server.is_broken:
            self.answer(400)
        elif self.key in self.server.objects:
            self.answer(200, self.server.objects[self.key], ETag='"x"', Last_Modified="Wed, 25 Nov 2026 00:00:00 GMT")
        else:
            self.answer(404)

    def do_HEAD(self):
        self.do_GET()

    def do_DELETE(self):
        self.server.objects.pop(self.key, None)
        self.answer(204)

    def log_message(self, *args):
        pass


@pytest.fixture
def bucket(settings):
    server = ThreadingHTTPServer(("127.0.0.1", 0), FakeBucket)
    server.objects, server.is_broken = {}, False
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
    thread.start()
    options = {
        "bucket_name": "library",
        "endpoint_url": f"http://127.0.0.1:{server.server_address[1]}",
        "access_key": "key",
        "secret_key": "secret",
        "region_name": "kg",
        "addressing_style": "path",
        "default_acl": None,
        "file_overwrite": False,
    }
    settings.STORAGES = {
        **settings.STORAGES,
        "default": {"BACKEND": "materials.buckets.Bucket", "OPTIONS": options},
    }
    yield server
    server.shutdown()
    thread.join()
    server.server_close()


def add(data):
    with storing.files_follow_rows():
        stored = services.store(inspect(samples.upload(data)), Language.RU)
        return services.add_files(edition=EditionFactory(), stored=[stored], by=StaffFactory())[0]


def test_a_file_lies_in_the_bucket_and_is_sent_whole_and_in_part(client, bucket):
    data = samples.pdf(b" " * 100_000)
    file = add(data)
    assert bucket.objects == {f"/library/{file.content.name}": data}
    assert b"".join(client.get(file.get_absolute_url())) == data
    part = client.get(file.get_absolute_url(), headers={"range": "bytes=50000-50009"})
    assert (part.status_code, b"".join(part)) == (206, data[50_000:50_010])


def test_a_bucket_that_takes_nothing_leaves_no_row(bucket):
    bucket.is_broken = True
    with pytest.raises(NoRoomForFiles):
        add(samples.pdf())
    assert not File.objects.exists()


def test_a_bucket_that_is_away_is_503_and_a_lost_file_404(client, bucket):
    file = add(samples.pdf())
    bucket.is_broken = True
    assert client.get(file.get_absolute_url()).status_code == 503
    bucket.is_broken = False
    bucket.objects.clear()
    assert client.get(file.get_absolute_url()).status_code == 404


def test_a_removed_file_is_gone_from_the_bucket(bucket):
    file = add(samples.pdf())
    storing.remove(file.content.name)
    assert bucket.objects == {}
