"""Files and their rows stand or fall together: the file is written first, and goes again when its row does not come."""

from __future__ import annotations

import logging
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar

from django.core.files.base import File as Content
from django.core.files.storage import default_storage
from django.db import connection, transaction

from materials.exceptions import NoRoomForFiles
from materials.models.files import stored_name

logger = logging.getLogger(__name__)

# Names that are written and whose rows are not committed.
_pending: ContextVar[set[str] | None] = ContextVar("pending", default=None)


@contextmanager
def files_follow_rows() -> Iterator[None]:
    """Around a transaction: when it has ended, no file remains of the rows that it did not commit.

    Inside another such block, or inside somebody else's transaction, that one decides.
    """
    if _pending.get() is not None:
        yield
        return
    pending: set[str] = set()
    token = _pending.set(pending)
    try:
        yield
    finally:
        _pending.reset(token)
        if not connection.in_atomic_block:
            for name in pending:
                remove(name)


def write(content: Content[bytes]) -> str:
    """Store the content under a random name and return that; inside `files_follow_rows`.

    Raises NoRoomForFiles, and then nothing is kept of it.
    """
    pending = _pending.get()
    if pending is None:
        raise RuntimeError("files are written inside files_follow_rows()")
    name = stored_name()
    pending.add(name)
    content.seek(0)
    try:
        name = default_storage.save(name, content)
    except OSError as error:
        logger.error("a file was not stored: %s", error)  # noqa: TRY400 - the disk is at fault, not the code
        remove(name)
        pending.discard(name)
        raise NoRoomForFiles from error
    pending.add(name)
    return name


def keep(name: str) -> None:
    """From the commit of this transaction on the file belongs to its row."""
    pending = _pending.get()
    if pending is not None:
        transaction.on_commit(lambda: pending.discard(name))


def remove(name: str) -> None:
    """Take the file away, if it is there; what cannot be removed now is found by `check_files`."""
    try:
        default_storage.delete(name)
    except OSError as error:
        logger.warning("a file was not removed: %s", error)
