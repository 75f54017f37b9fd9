"""A kernel manager whose Python kernels are copies of the warm process; other kernels start as ever."""

from __future__ import annotations

import asyncio
import os
import sys
import time
import uuid
from queue import Empty
from typing import Any

import zmq.asyncio
from jupyter_client.asynchronous.client import AsyncKernelClient
from jupyter_client.manager import AsyncKernelManager
from jupyter_client.provisioning.local_provisioner import LocalProvisioner
from traitlets import default

from sadec_analysis.kernels.server import CAN_FORK, Forked

_LAUNCHER = "ipykernel_launcher"
_LOOK = 0.005  # seconds
_REPLY, _SAID = 1.0, 0.02  # seconds to wait for an answer, and for what is said with it


class WarmProvisioner(LocalProvisioner):
    """Asks the warm process for a copy where the standard one starts a program."""

    process: Forked | None = None  # type: ignore[assignment]  # the base knows only its own

    async def launch_kernel(self, cmd: list[str], **kwargs: Any) -> Any:
        """Fork; what a kernel inherits is told in full."""
        argv = [_LAUNCHER, *cmd[cmd.index(_LAUNCHER) + 1 :]]
        env = dict(kwargs.get("env") or os.environ) | {"JPY_PARENT_PID": str(os.getpid())}
        forked = Forked(
            "sadec_analysis.kernels.forks:be_kernel", argv=argv, cwd=str(kwargs.get("cwd") or ""), env=env
        )
        self.process = forked
        self.pid = self.pgid = forked.pid
        return self.connection_info

    async def wait(self) -> int | None:
        """Wait for the kernel's end without losing a tenth of a second to it."""
        code: int | None = 0
        while self.process and (code := self.process.poll()) is None:  # noqa: ASYNC110 - its end is an event of the system
            await asyncio.sleep(_LOOK)
        self.process = None
        return code


class WarmKernelClient(AsyncKernelClient):
    """Ready as soon as the kernel has answered and said that it is idle: then nothing is left to wait for."""

    @default("context")
    def _context_default(self) -> zmq.asyncio.Context:
        """Sockets that look every few milliseconds whether the new kernel listens; others do every tenth of a second."""
        context = super()._context_default()
        context.setsockopt(zmq.RECONNECT_IVL, int(_LOOK * 1000))
        return context

    async def wait_for_ready(self, timeout: float | None = None) -> None:  # noqa: ASYNC109 - the standard client's own
        """Wait as the standard client does, ``timeout`` seconds at most; raises RuntimeError as it does."""
        until = time.monotonic() + (float("inf") if timeout is None else timeout)
        asked = {self.kernel_info()}
        while not await self._has_answered(asked):
            if not await self._async_is_alive():
                raise RuntimeError("Kernel died before replying to kernel_info")
            if time.monotonic() > until:
                raise RuntimeError(f"Kernel didn't respond in {timeout} seconds")
            asked.add(self.kernel_info())  # what it said before we listened is lost

    async def _has_answered(self, asked: set[str]) -> bool:
        """Whether the kernel has answered one of the requests for its information, and both channels carry that."""
        try:
            reply = await self.shell_channel.get_msg(timeout=_REPLY)
            while not _is_end_of(asked, await self.iopub_channel.get_msg(timeout=_SAID)):
                pass
        except Empty:
            return False
        if reply["msg_type"] == "kernel_info_reply":
            self._handle_kernel_info_reply(reply)
        return True


def _is_end_of(requests: set[str], message: dict[str, Any]) -> bool:
    """Whether a kernel says that it is idle after one of the requests."""
    return (
        message["parent_header"].get("msg_id") in requests
        and message["content"].get("execution_state") == "idle"
    )


class WarmKernelManager(AsyncKernelManager):
    """Starts this Python's kernel as a copy of the warm process where the system can fork."""

    client_class = f"{__name__}.{WarmKernelClient.__name__}"
    client_factory = WarmKernelClient

    async def _async_pre_start_kernel(self, **kw: Any) -> Any:
        if self.provisioner is None and CAN_FORK and self._is_own_python():
            self.kernel_id = self.kernel_id or str(uuid.uuid4())
            self.provisioner = WarmProvisioner(
                kernel_id=self.kernel_id, kernel_spec=self.kernel_spec, parent=self
            )
        return await super()._async_pre_start_kernel(**kw)

    async def _async_wait(self, pollinterval: float = _LOOK) -> None:
        await super()._async_wait(pollinterval=min(pollinterval, _LOOK))

    def _is_own_python(self) -> bool:
        argv = list(self.kernel_spec.argv) if self.kernel_spec else []
        return _LAUNCHER in argv and argv[0] in ("python", "python3", sys.executable)
