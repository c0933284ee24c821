"""A process that the supervisor keeps alive."""

import contextlib
import ctypes
import math
import os
import signal
import subprocess
import time
from pathlib import Path

CHECKOUT = Path(__file__).resolve().parent.parent
SIGNALS = {signal.SIGTERM, signal.SIGINT, signal.SIGHUP, signal.SIGCHLD}  # blocked in the supervisor, which asks
SHORTEST_PAUSE, LONGEST_PAUSE = 0.2, 5.0
STEADY_SECONDS = 30.0  # who lived that long did not die of its start
PR_SET_PDEATHSIG = 1


def say(text: str) -> None:
    """Print one line of progress."""
    print(text, flush=True)


def die_with_parent() -> None:
    """Leave the child to end with this program even if that is killed, and with signals as usual."""
    ctypes.CDLL(None).prctl(PR_SET_PDEATHSIG, signal.SIGTERM)
    signal.pthread_sigmask(signal.SIG_UNBLOCK, SIGNALS)


class Service:
    """One process that is kept alive, with everything that it starts."""

    def __init__(self, name: str, command: list[str]) -> None:
        """Remember what to start; nothing runs yet."""
        self.name = name
        self.command = command
        self.process: subprocess.Popen[bytes] | None = None
        self.started_at = 0.0
        self.start_again_at = 0.0
        self.pause = SHORTEST_PAUSE
        self.deaths = 0

    def start(self) -> None:
        """Start the process in a session of its own: a terminal's Ctrl-C reaches this program alone."""
        self.started_at = time.monotonic()
        self.process = subprocess.Popen(
            self.command,
            cwd=CHECKOUT,
            start_new_session=True,
            preexec_fn=die_with_parent,  # noqa: PLW1509 the supervisor has one thread
        )

    def revive(self) -> None:
        """Start the process again if it died: at once, or after a pause that grows while it keeps dying."""
        if self.process is not None and self.process.poll() is not None:
            self._signal_group(signal.SIGKILL)  # what a killed parent left behind would hold the port or the queue
            lived = time.monotonic() - self.started_at
            self.pause = SHORTEST_PAUSE if lived > STEADY_SECONDS else min(self.pause * 2, LONGEST_PAUSE)
            self.start_again_at = time.monotonic() + self.pause
            say(f"The {self.name} ended with status {self.process.returncode}; it starts again.")
            self.process = None
            self.deaths += 1
        if self.process is None and time.monotonic() >= self.start_again_at:
            self.start()

    def seconds_to_start(self) -> float:
        """Return how long the loop may wait before this service wants to be started."""
        return math.inf if self.process else max(self.start_again_at - time.monotonic(), 0.0)

    def send(self, number: signal.Signals) -> None:
        """Send a signal to the process alone, which passes it on as it sees fit."""
        if self.process is not None and self.process.poll() is None:
            self.process.send_signal(number)

    def await_end(self, deadline: float) -> None:
        """Wait until the process has ended; kill it and all that it started when the time is over."""
        if self.process is None:
            return
        try:
            self.process.wait(max(deadline - time.monotonic(), 0.0))
        except subprocess.TimeoutExpired:
            say(f"The {self.name} does not stop and is killed.")
        self._signal_group(signal.SIGKILL)
        self.process.wait()

    def _signal_group(self, number: signal.Signals) -> None:
        if self.process is not None:
            with contextlib.suppress(ProcessLookupError):
                os.killpg(self.process.pid, number)
