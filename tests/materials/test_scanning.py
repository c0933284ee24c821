"""The virus scanner: asked over a real socket, answered, away, too slow to believe; files wait hidden meanwhile."""

import socketserver
import struct
import threading

import pytest
from django_q.models import OrmQ, Schedule

from materials import services, storing, tasks
from materials.inspection import inspect
from materials.models import File, Language, Scan
from tests.factories.accounts import StaffFactory
from tests.factories.materials import EditionFactory, FileFactory
from tests.materials import samples

pytestmark = pytest.mark.django_db

VIRUS = b"X5O!P%@AP[4\\PZX54(P^)7CC)7}$EICAR"


class Clamd(socketserver.StreamRequestHandler):
    """Speaks INSTREAM as clamd does."""

    timeout = 5

    def handle(self):
        if self._word() != b"zINSTREAM":
            self.wfile.write(b"UNKNOWN COMMAND\0")
            return
        received = b""
        while length := struct.unpack("!L", self.rfile.read(4))[0]:
            received += self.rfile.read(length)
        self.server.received.append(received)
        self.wfile.write(self.server.answer or (b"stream: Eicar FOUND\0" if VIRUS in received else b"stream: OK\0"))

    def _word(self):
        word = b""
        while (letter := self.rfile.read(1)) not in (b"\0", b""):
            word += letter
        return word


def serving(server):
    server.received, server.answer = [], b""
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
    thread.start()
    yield server
    server.shutdown()
    thread.join()
    server.server_close()


@pytest.fixture(params=["tcp", "unix"])
def clamd(request, settings, tmp_path):
    if request.param == "tcp":
        server = socketserver.ThreadingTCPServer(("127.0.0.1", 0), Clamd)
        settings.CLAMD_URL = f"tcp://127.0.0.1:{server.server_address[1]}"
    else:
        server = socketserver.ThreadingUnixStreamServer(str(tmp_path / "clamd"), Clamd)
        settings.CLAMD_URL = f"unix://{tmp_path}/clamd"
    yield from serving(server)


def scanned(data):
    file = FileFactory(data=data, scan=Scan.WAITING)
    tasks.scan_file(file.pk)
    file.refresh_from_db()
    return file


def queued():
    return [task.func() for task in OrmQ.objects.all()]


def test_a_clean_file_is_released_and_read(clamd):
    file = scanned(samples.pdf(b" " * 200_000))
    assert file.is_released
    assert clamd.received == [samples.pdf(b" " * 200_000)]
    assert queued() == ["materials.tasks.read_file"]


def test_an_infected_file_stays_hidden_and_says_what_was_found(clamd):
    file = scanned(samples.pdf(VIRUS))
    assert (file.scan, file.scan_note) == (Scan.INFECTED, "Eicar")
    assert not File.objects.released().exists()
    assert queued() == []


@pytest.mark.parametrize("answer", [b"INSTREAM size limit exceeded. ERROR\0", b"\0", b"stream: OK?\0"])
def test_an_answer_that_is_none_is_not_taken_for_clean(clamd, answer):
    clamd.answer = answer
    file = scanned(samples.pdf())
    assert file.scan == Scan.WAITING
    assert Schedule.objects.get(func="materials.tasks.scan_file").args == f"({file.pk},)"


def test_a_file_waits_hidden_until_the_scanner_is_back(settings, tmp_path):
    settings.CLAMD_URL = f"unix://{tmp_path}/clamd"
    file = scanned(samples.pdf())
    assert file.scan == Scan.WAITING
    assert file.scan_note
    again = Schedule.objects.get(func="materials.tasks.scan_file")
    assert (again.func, again.schedule_type) == ("materials.tasks.scan_file", Schedule.ONCE)
    server = socketserver.ThreadingUnixStreamServer(str(tmp_path / "clamd"), Clamd)
    for _server in serving(server):
        tasks.scan_file(file.pk)
    file.refresh_from_db()
    assert (file.scan, file.scan_note) == (Scan.CLEAN, "")


def test_a_task_that_runs_twice_or_late_does_nothing(clamd):
    file = scanned(samples.pdf())
    tasks.scan_file(file.pk)
    File.objects.all().delete()
    tasks.scan_file(file.pk)
    assert len(clamd.received) == 1


def test_an_upload_waits_for_the_scanner_when_there_is_one(settings):
    settings.CLAMD_URL = "tcp://127.0.0.1:9"
    with storing.files_follow_rows():
        stored = services.store(inspect(samples.upload(samples.pdf())), Language.KY)
        (file,) = services.add_files(edition=EditionFactory(), stored=[stored], by=StaffFactory())
    assert file.scan == Scan.WAITING
    assert queued() == ["materials.tasks.scan_file"]
