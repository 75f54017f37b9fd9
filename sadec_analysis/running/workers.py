"""Worker processes: copies of the warm process where the system forks, programs of their own where not."""

from __future__ import annotations

import contextlib
import importlib
import os
import secrets
import signal
import subprocess
import sys
import tempfile
import traceback
from multiprocessing.connection import Client, Connection, Listener
from pathlib import Path
from types import TracebackType
from typing import Any, Self

if sys.platform == "win32":
    resource = None
else:
    import resource

from sadec_analysis.errors import DiedError, RunError, SadecError
from sadec_analysis.kernels.server import CAN_FORK, Forked
from sadec_analysis.placing import disk_trouble

_LARGE = 355  # MB
_UNIT = 2**20 if sys.platform == "darwin" else 2**10  # of ru_maxrss, a MB in
_WORK = "sadec_analysis.running.workers:work"


class Workers:
    """Up to ``size`` processes, started when first needed and used again; one that died or grew large is replaced.

    Results come over connections, which ``multiprocessing.connection.wait`` watches. Nothing is started by import.
    """

    def __init__(self, size: int) -> None:
        self.size = size
        self._idle: list[Connection] = []
        self._processes: dict[Connection, Any] = {}

    def __enter__(self) -> Self:
        self._folder = tempfile.TemporaryDirectory(prefix="sadec-")
        self._key = secrets.token_bytes(32)
        place = str(Path(self._folder.name) / "workers") if CAN_FORK else None
        self._listener = Listener(place, authkey=self._key)
        return self

    def __exit__(
        self, kind: type[BaseException] | None, _: BaseException | None, __: TracebackType | None
    ) -> None:
        for connection, process in self._processes.items():
            if kind is not None:
                process.kill()
            connection.close()  # a worker at rest ends when nobody speaks to it
            process.wait(5)
        self._listener.close()
        self._folder.cleanup()

    def start(self, call: str, args: tuple[Any, ...]) -> Connection:
        """Have a worker call a "module:function"; return the connection its result comes over."""
        connection = self._idle.pop() if self._idle else self._new()
        connection.send((call, args))
        return connection

    def result(self, connection: Connection) -> tuple[Any, SadecError | None]:
        """The value of the call, or the error it ended with; DiedError where its process is gone."""
        try:
            value, error, is_last = connection.recv()
        except (EOFError, OSError):
            code = self._end(connection)
            return None, DiedError("worker", "died", got=f"exit {code}", remedy="see whether memory ran out")
        if is_last:
            self._end(connection)
        else:
            self._idle.append(connection)
        return value, error

    def _end(self, connection: Connection) -> int | None:
        """Let go of a process that ends; return its exit code."""
        process = self._processes.pop(connection)
        connection.close()
        code: int | None = process.wait(5)
        return code

    def _new(self) -> Connection:
        address = str(self._listener.address)
        args = [address, self._key.hex()]
        if CAN_FORK:
            process: Any = Forked(_WORK, args, is_alike=True)
        else:
            code = "import sys; from sadec_analysis.running.workers import work; work(*sys.argv[1:])"
            process = subprocess.Popen([sys.executable, "-c", code, *args])  # noqa: S603 - this Python
        connection = self._listener.accept()
        self._processes[connection] = process
        return connection


def work(address: str, key: str) -> None:
    """Make calls, one after the other, for whoever listens at ``address``, until they are gone or it grows large."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is for the program; it ends its workers
    with Client(address, authkey=bytes.fromhex(key)) as connection, contextlib.suppress(EOFError, OSError):
        is_last = False
        while not is_last:
            call, args = connection.recv()
            result = _made(call, args)
            is_last = _has_grown()
            connection.send((*result, is_last))


def _has_grown() -> bool:
    """Whether this process has held much memory: libraries that draw keep what they drew, and give nothing back."""
    return resource is not None and resource.getrusage(resource.RUSAGE_SELF).ru_maxrss > _LARGE * _UNIT


def _made(call: str, args: tuple[Any, ...]) -> tuple[Any, SadecError | None]:
    module, _, name = call.partition(":")
    try:
        return getattr(importlib.import_module(module), name)(*args), None
    except SadecError as error:
        return None, error
    except OSError as error:
        return None, disk_trouble(error) or _ours(name, error)
    except Exception as error:  # noqa: BLE001 - told to the program, which goes on with other work
        return None, _ours(name, error)


def _ours(name: str, error: Exception) -> RunError:
    told = traceback.format_exception_only(error)[-1].strip()
    place = traceback.extract_tb(error.__traceback__)[-1]
    return RunError(name, told, got=f"{Path(place.filename).name}:{place.lineno}")


def cores() -> int:
    """Processors this program may use."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
