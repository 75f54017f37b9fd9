"""The warm process of this program: started once, asked for copies, gone with the program."""

from __future__ import annotations

import atexit
import contextlib
import functools
import json
import os
import select
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from pathlib import Path

from sadec_analysis.errors import RunError

CAN_FORK = (
    hasattr(os, "fork") and sys.platform != "darwin"
)  # macOS: libraries of the system do not survive it
INHERITED = "SADEC_WARM_PROCESS"  # where children of the warm process find it
_LONGEST = 120  # seconds to start and import


def address() -> str:
    """The socket of the warm process; starts one beside this process where there is none."""
    return os.environ.get(INHERITED) or _started(os.getpid())


@functools.cache
def _started(owner: int) -> str:
    """Start a warm process for the process ``owner``, this one; wait until it has imported everything."""
    folder = tempfile.mkdtemp(prefix="sadec-")
    place = f"{folder}/forks"
    process = subprocess.Popen(
        [sys.executable, "-m", "sadec_analysis.kernels.forks", place, str(owner)], stdin=subprocess.DEVNULL
    )

    def end() -> None:
        if os.getpid() == owner:
            signal.signal(signal.SIGINT, signal.SIG_IGN)  # all is done but this
            process.terminate()
            process.wait()
            shutil.rmtree(folder, ignore_errors=True)

    atexit.register(end)
    patience = time.monotonic() + _LONGEST
    while not Path(place).exists():
        if process.poll() is not None or time.monotonic() > patience:
            raise RunError("warm process", "did not start", got=f"exit {process.poll()}")
        select.select([], [], [], 0.005)
    return place


class Forked:
    """A copy of the warm process, known by its number and by the connection that tells its end; looks like a Popen.

    It calls ``call``, a "module:function", with ``args``, in the folder ``cwd`` with the environment ``env``; it finds
    modules where this process does with ``is_alike``, else where a new Python would.
    """

    stdin = stdout = stderr = None

    def __init__(
        self,
        call: str,
        args: Sequence[str] = (),
        *,
        argv: Sequence[str] = (),
        cwd: str = "",
        env: dict[str, str] | None = None,
        is_alike: bool = False,
    ) -> None:
        told = dict(os.environ if env is None else env)
        warm = address()
        request = {
            "call": call, "args": list(args), "argv": list(argv) or sys.argv, "cwd": cwd or str(Path.cwd()),
            "env": told | {INHERITED: warm}, "path": sys.path if is_alike else [],
        }  # fmt: skip
        self.returncode: int | None = None
        self._told = b""
        self._connection = socket.socket(socket.AF_UNIX)
        try:
            self._connection.connect(warm)
            self._connection.sendall(json.dumps(request).encode() + b"\n")
            self.pid = int(self._read())
        except (OSError, ValueError) as error:
            self._connection.close()
            raise RunError("warm process", "is gone", remedy="run the command again") from error

    def poll(self) -> int | None:
        """The exit code, or None while it runs."""
        if self.returncode is None and select.select([self._connection], [], [], 0)[0]:
            self.returncode = int(self._read() or -9)  # the warm process died, and its children with it
            self._connection.close()
        return self.returncode

    def wait(self, timeout: float | None = None) -> int | None:
        """Wait for the end, ``timeout`` seconds at most."""
        if self.returncode is None:
            select.select([self._connection], [], [], timeout)
        return self.poll()

    def send_signal(self, number: int) -> None:
        """Send a signal to the process alone."""
        if self.poll() is None:
            with contextlib.suppress(ProcessLookupError):
                os.kill(self.pid, number)

    def kill(self) -> None:
        """End it at once."""
        self.send_signal(9)

    def terminate(self) -> None:
        """Ask it to end."""
        self.send_signal(15)

    def _read(self) -> bytes:
        while b"\n" not in self._told and (piece := self._connection.recv(64)):
            self._told += piece
        line, _, self._told = self._told.partition(b"\n")
        return line
