"""What the worker runs for a file, after the transaction that brought it."""

from materials import services
from materials.models import File


def scan_file(pk: int) -> None:
    """Ask the virus scanner about the file, if it still waits for that."""
    file = File.objects.awaiting_scan().filter(pk=pk).first()
    if file is not None:
        services.scan(file=file)


def read_file(pk: int) -> None:
    """Read the text and the first page of the file, if it still waits for that and may be read."""
    file = File.objects.awaiting_reading().filter(pk=pk).first()
    if file is not None:
        services.read(file=file)
