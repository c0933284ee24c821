"""A checkout of its own in a folder with a space in its name, with a server of its own."""

import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]


class Checkout:
    """A folder that holds the launcher of PostgreSQL."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        (folder / "gamsumo_portal").mkdir(parents=True)
        for name in ("__init__.py", "postgres.py", "postgres_home.py"):
            shutil.copy(ROOT / "gamsumo_portal" / name, folder / "gamsumo_portal")

    def popen(self, *command: str) -> subprocess.Popen[str]:
        return subprocess.Popen(
            [sys.executable, *command],
            cwd=self.folder,
            env={"PATH": os.environ["PATH"], "PYTHONPATH": str(self.folder)},
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
        )

    def run(self, *arguments: str) -> str:
        """Return what the launcher's command prints; it must succeed."""
        command = self.popen("-m", "gamsumo_portal.postgres", *arguments)
        printed, complaint = command.communicate(timeout=120)
        assert command.returncode == 0, complaint
        return printed.strip()

    def ask(self, expression: str) -> str:
        """Return what an expression of the launcher's modules gives in this checkout."""
        command = self.popen("-c", f"from gamsumo_portal import postgres, postgres_home as home; print({expression})")
        printed, complaint = command.communicate(timeout=120)
        assert command.returncode == 0, complaint
        return printed.strip()

    @property
    def postmaster(self) -> int:
        return int((Path(self.ask("home.data()")) / "postmaster.pid").read_text().split()[0])

    def remove(self) -> None:
        self.run("stop")
        for place in (self.ask("home.home()"), self.ask("home.socket_folder()")):
            shutil.rmtree(place, ignore_errors=True)


@pytest.fixture(scope="module")
def checkout(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Checkout]:
    made = Checkout(tmp_path_factory.mktemp("place") / "менин порталым")
    yield made
    made.remove()
