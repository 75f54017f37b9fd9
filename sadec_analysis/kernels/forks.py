"""A process that has imported everything and is copied on request; POSIX only.

It does nothing but wait: no thread runs in it and no library is at work, so a copy is sound at any moment.
"""

from __future__ import annotations

import contextlib
import gc
import importlib
import json
import os
import random
import selectors
import signal
import socket
import sys
import traceback
from pathlib import Path
from typing import Any, NoReturn

from sadec_analysis.kernels.warming import INLINE, warm_up

_PYTHONPATH = os.environ.get("PYTHONPATH", "")
_PARENT = "JPY_PARENT_PID"  # the process whose end ends a kernel
_LOOK = 1.0  # seconds between looks whether anyone still needs this process
_LONGEST = 1 << 20


def serve(address: str, parent: int) -> None:
    """Copy this process for each request at the socket ``address``, until the process that started it, ``parent``, is gone."""
    listener = socket.socket(socket.AF_UNIX)
    listener.bind(f"{address}.new")
    listener.listen(64)
    Path(f"{address}.new").rename(address)  # who sees it can connect
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C reaches copies by those who asked for them
    signal.signal(signal.SIGTERM, lambda *_: sys.exit())
    server = _Server(listener)
    try:
        while os.getppid() == parent:
            server.turn()
    finally:
        gc.unfreeze()
        server.end()


class _Server:
    """Children by number, each with the connection at which its end is awaited."""

    def __init__(self, listener: socket.socket) -> None:
        self.listener = listener
        self.waiting: dict[int, socket.socket] = {}
        self.selector = selectors.DefaultSelector()
        self.wake, self.wakes = socket.socketpair()
        for each in (self.wake, self.wakes):
            each.settimeout(0)
        signal.set_wakeup_fd(self.wakes.fileno(), warn_on_full_buffer=False)
        signal.signal(signal.SIGCHLD, lambda *_: None)
        for each in (listener, self.wake):
            self.selector.register(each, selectors.EVENT_READ)

    def turn(self) -> None:
        """Wait a little; answer requests, tell ends."""
        for key, _ in self.selector.select(_LOOK):
            if key.fileobj is self.listener:
                self.answer()
            else:
                with contextlib.suppress(BlockingIOError):
                    self.wake.recv(4096)
        self.reap()

    def answer(self) -> None:
        """Fork for one request and tell the number of the new process."""
        connection, _ = self.listener.accept()
        request = json.loads(_line(connection) or "null")
        if request is None:
            connection.close()
            return
        server, number = os.getpid(), os.fork()
        if number == 0:
            self.leave(connection)
            _become(request, server)
        self.waiting[number] = connection
        _tell(connection, number)

    def leave(self, connection: socket.socket) -> None:
        """Let go, in a child, of everything that is the server's."""
        signal.set_wakeup_fd(-1)
        signal.signal(signal.SIGCHLD, signal.SIG_DFL)
        signal.signal(signal.SIGTERM, signal.SIG_DFL)
        signal.signal(signal.SIGINT, signal.default_int_handler)
        self.selector.close()
        for each in (self.listener, self.wake, self.wakes, connection, *self.waiting.values()):
            each.close()

    def reap(self) -> None:
        """Tell the ends of children to those who wait for them."""
        with contextlib.suppress(ChildProcessError):
            while (found := os.waitpid(-1, os.WNOHANG))[0]:
                connection = self.waiting.pop(found[0])
                _tell(connection, os.waitstatus_to_exitcode(found[1]))
                connection.close()

    def end(self) -> None:
        """Leave no child behind; their ends wake nobody any more."""
        signal.signal(signal.SIGCHLD, signal.SIG_DFL)
        signal.set_wakeup_fd(-1)
        for number in self.waiting:
            for kill in (os.kill, os.killpg):  # one that has just begun has no group of its own yet
                with contextlib.suppress(ProcessLookupError):
                    kill(number, signal.SIGKILL)


def _line(connection: socket.socket) -> str:
    """One line sent over a connection."""
    content = b""
    while not content.endswith(b"\n") and len(content) < _LONGEST:
        piece = connection.recv(65536)
        if not piece:
            break
        content += piece
    return content.decode()


def _tell(connection: socket.socket, number: int) -> None:
    with contextlib.suppress(OSError):  # nobody waits any longer
        connection.sendall(f"{number}\n".encode())


def _become(request: dict[str, Any], server: int) -> NoReturn:
    """Turn a fresh copy of the process ``server`` into what was asked for."""
    code = 1
    try:
        os.setsid()
        os.chdir(request["cwd"])
        os.environ.clear()
        os.environ.update(request["env"])
        if _PARENT in os.environ:
            os.environ[_PARENT] = str(server)
        sys.argv, sys.path[:] = request["argv"], request["path"] or _new_path()
        _as_started()
        module, _, name = request["call"].partition(":")
        getattr(importlib.import_module(module), name)(*request["args"])
        code = 0
    except SystemExit as left:
        code = left.code if isinstance(left.code, int) else int(left.code is not None)
    except BaseException:  # noqa: BLE001 - a copy never goes back to the server's loop
        traceback.print_exc()
    finally:
        with contextlib.suppress(Exception):
            sys.stdout.flush()
            sys.stderr.flush()
        os._exit(code)


def _new_path() -> list[str]:
    """Where a new Python in this environment would find modules; this process began as one."""
    given, own = (
        each.split(os.pathsep) if each else [] for each in (os.environ.get("PYTHONPATH", ""), _PYTHONPATH)
    )
    return [*given, *(each for each in sys.path[1:] if each not in own)]


def _as_started() -> None:
    """Undo what a process inherits and a new one would not: random state and drawing backend."""
    random.seed()
    if "numpy" in sys.modules:
        sys.modules["numpy"].random.seed()
    if "matplotlib" in sys.modules:
        sys.modules["matplotlib"].rcParams["backend"] = os.environ.get("MPLBACKEND", INLINE)


def be_kernel() -> None:
    """Be the kernel that the command line asks for, until its parent is gone."""
    from ipykernel.kernelapp import launch_new_instance

    launch_new_instance(parent_handle=int(os.environ[_PARENT]))  # it read the variable when it was imported


if __name__ == "__main__":
    warm_up()
    gc.freeze()  # what is here stays; copies need not look through it, which would copy its pages
    serve(sys.argv[1], int(sys.argv[2]))
